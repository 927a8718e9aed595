import { Client, type ClientConfig } from 'pg';
import { SESSION } from './bullmq-internals/postgres-tables.js';

/** A server that is silent does not confirm the end either. */
const END_TIMEOUT_MS = 1_000;

type Connected = ((error: Error) => void) | ((error: null, client: Client) => void);

/** A connection that always ends, and whose errors never end the process. */
export class QuietClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }

  override end(): Promise<void>;
  override end(callback: (error: Error) => void): void;
  override end(callback?: (error: Error) => void): Promise<void> | undefined {
    const timer = setTimeout(() => this.destroy('it did not end in time'), END_TIMEOUT_MS).unref();
    this.once('end', () => clearTimeout(timer));
    if (!callback) return super.end();
    super.end(callback);
    return undefined;
  }

  /** Closes the socket at once. */
  destroy(reason: string): void {
    const { stream } = this.connection;
    // A TLS socket is destroyed a turn later than what it is made of, and reports its end only by an error of that.
    if (!stream.destroyed) stream.destroy(new Error(`The connection to PostgreSQL was given up: ${reason}`));
  }
}

/** A connection whose session is set before its first query. */
export class SessionClient extends QuietClient {
  override connect(): Promise<Client>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<Client> | undefined {
    const connected = this.connectAndSet();
    if (!callback) return connected;
    connected.then(
      // pg-pool takes the error alone.
      () => Reflect.apply(callback, this, [null, this]),
      (error: unknown) => Reflect.apply(callback, this, [error]),
    );
    return undefined;
  }

  private async connectAndSet(): Promise<Client> {
    await super.connect();
    try {
      await this.query(SESSION);
      return this;
    } catch (error) {
      this.destroy('its session could not be set');
      throw error;
    }
  }
}
