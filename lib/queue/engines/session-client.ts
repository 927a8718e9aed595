import { Client, type ClientConfig } from 'pg';
import { SESSION } from './bullmq-internals/postgres-tables.js';

/** A silent server does not confirm that the connection ends. */
const END_TIMEOUT_MS = 1_000;

type Connected = ((error: Error) => void) | ((error: null, client: Client) => void);

/** A connection that always ends in time, and whose errors do not end the process. */
export class QuietClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }

  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | undefined {
    const timer = setTimeout(() => this.destroy('it did not close in time'), END_TIMEOUT_MS).unref();
    this.once('end', () => clearTimeout(timer));
    if (!callback) return super.end();
    super.end(callback);
    return undefined;
  }

  /** Closes the socket immediately. */
  destroy(reason: string): void {
    const { stream } = this.connection;
    // A TLS socket is destroyed after its underlying socket, and reports its end only through that one's error.
    if (!stream.destroyed) stream.destroy(new Error(`The connection to PostgreSQL was closed: ${reason}`));
  }
}

/** A connection whose session is configured before its first query. */
export class SessionClient extends QuietClient {
  override connect(): Promise<Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<Client> | undefined {
    const connected = this.connectAndConfigure();
    if (!callback) return connected;
    connected.then(
      // pg-pool expects only the error.
      () => Reflect.apply(callback, this, [null, this]),
      (error: unknown) => Reflect.apply(callback, this, [error]),
    );
    return undefined;
  }

  private async connectAndConfigure(): Promise<Client> {
    await super.connect();
    try {
      await this.query(SESSION);
      return this;
    } catch (error) {
      this.destroy('its session could not be configured');
      throw error;
    }
  }
}
