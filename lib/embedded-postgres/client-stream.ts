import { Duplex } from 'node:stream';
import type { DatabaseThread } from './database-thread.js';
import type { SessionResponse } from './thread-messages.interface.js';

/** AuthenticationOk and ReadyForQuery, the response to a startup message. */
const STARTUP_RESPONSE = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
/** The letter of the Terminate message. */
const TERMINATE = 'X'.charCodeAt(0);

/** The socket of a node-postgres client, which speaks PostgreSQL's protocol with the database's thread. */
export class ClientStream extends Duplex {
  private session: number | undefined;
  private isStarted = false;
  private pendingResponses = 0;
  private inTransaction = false;

  constructor(private readonly thread: DatabaseThread) {
    super();
  }

  connect(): this {
    this.session = this.thread.attach(this);
    process.nextTick(() => this.destroyed || this.emit('connect'));
    return this;
  }

  /** Rolls back an open transaction, which would block all other clients. Called when the pool's client is released. */
  abandonTransaction(): void {
    if (this.session === undefined || (this.pendingResponses === 0 && !this.inTransaction)) return;
    this.thread.request({ session: this.session, kind: 'rollback' });
    this.inTransaction = false;
  }

  /** Receives a response or notifications. */
  receive({ bytes, inTransaction }: SessionResponse): void {
    if (inTransaction !== undefined) {
      this.pendingResponses -= 1;
      this.inTransaction = inTransaction;
    }
    this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.send([chunk]);
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.send(chunks.map(({ chunk }) => chunk));
    done();
  }

  // Responses are pushed when they arrive.
  override _read(): void {}

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.session !== undefined) this.thread.detach(this.session);
    done(error);
  }

  // Methods of a socket that node-postgres calls, and that do nothing here.
  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {}
  unref(): void {}

  private send(chunks: Buffer[]): void {
    if (this.session === undefined) return;
    if (!this.isStarted) {
      this.isStarted = true;
      this.push(STARTUP_RESPONSE);
      return;
    }
    if (chunks[0]?.[0] === TERMINATE) return;
    this.pendingResponses += 1;
    // In memory of its own, because posting a view also copies the memory that it shares with others.
    const bytes = new Uint8Array(Buffer.concat(chunks));
    this.thread.request({ session: this.session, kind: 'query', bytes });
  }
}
