import { Duplex } from 'node:stream';
import type { DatabaseThread, ThreadSession } from './database-thread.js';
import type { SessionAnswer } from './thread-messages.interface.js';

/** AuthenticationOk and ReadyForQuery: PostgreSQL's answer to a client that says hello. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);
/** Terminate: a client that says goodbye. */
const GOODBYE = 'X'.charCodeAt(0);

/** What node-postgres takes for a socket: its client speaks PostgreSQL's protocol to the database's thread. */
export class ClientStream extends Duplex implements ThreadSession {
  private session: number | undefined;
  private isWelcome = false;
  private unanswered = 0;
  private inTransaction = false;

  constructor(private readonly thread: DatabaseThread) {
    super();
  }

  connect(): this {
    this.session = this.thread.attach(this);
    process.nextTick(() => this.destroyed || this.emit('connect'));
    return this;
  }

  /** A client that is given back in the middle of a transaction would keep everybody else waiting. */
  abandonTransaction(): void {
    if (this.session === undefined || (this.unanswered === 0 && !this.inTransaction)) return;
    this.thread.request({ session: this.session, kind: 'rollback' });
    this.inTransaction = false;
  }

  receive({ bytes, inTransaction }: SessionAnswer): void {
    if (inTransaction !== undefined) {
      this.unanswered -= 1;
      this.inTransaction = inTransaction;
    }
    this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }

  lose(why: Error): void {
    this.destroy(why);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.say([chunk]);
    done();
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.say(chunks.map(({ chunk }) => chunk));
    done();
  }

  // Answers arrive when they arrive.
  override _read(): void {}

  override _final(done: (error?: Error | null) => void): void {
    this.push(null);
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.session !== undefined) this.thread.detach(this.session);
    done(error);
  }

  // What node-postgres asks of a socket and a thread has no use for.
  setNoDelay(): void {}
  setKeepAlive(): void {}
  ref(): void {}
  unref(): void {}

  private say(chunks: Buffer[]): void {
    if (this.session === undefined) return;
    if (!this.isWelcome) {
      this.isWelcome = true;
      this.push(WELCOME);
      return;
    }
    if (chunks[0]?.[0] === GOODBYE) return;
    this.unanswered += 1;
    this.thread.request({ session: this.session, kind: 'query', bytes: ownMemory(chunks) });
  }
}

/** A view is posted together with all the memory that it looks into, and a small Buffer shares that with others. */
function ownMemory(chunks: Buffer[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
