import { EventEmitter, once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { ClientStream } from './client-stream.js';
import { EmbeddedPostgresError, embeddedReason } from './embedded-postgres.errors.js';
import { threadFile } from './thread-file.js';
import type {
  DatabaseThreadData,
  FromDatabaseThread,
  SessionRequest,
  ToDatabaseThread,
} from './thread-messages.interface.js';

/** Terminating the thread loses no acknowledged write, so the wait is bounded. */
const CLOSE_TIMEOUT_MS = 10_000;

/** A client's side of a session with the database's thread. It is destroyed when the thread has ended. */
type ThreadSession = Pick<ClientStream, 'receive' | 'destroy'>;

/** The thread that runs the database. Requests of one turn of the event loop are posted in one message. */
export class DatabaseThread {
  private readonly sessions = new Map<number, ThreadSession>();
  private readonly events = new EventEmitter<{ ready: []; ended: [] }>();
  private requests: SessionRequest[] = [];
  private lastSession = 0;
  private failure: Error | undefined;
  private isOver = false;

  private constructor(
    private readonly worker: Worker,
    private readonly directory: string,
  ) {
    worker.on('message', (message: FromDatabaseThread) => this.receive(message));
    worker.on('error', (error) => this.fail(error));
    worker.on('exit', () => this.end());
  }

  /** Starts the thread. Resolves when the database is open. @throws EmbeddedPostgresError */
  static async start(data: DatabaseThreadData): Promise<DatabaseThread> {
    const file = threadFile();
    if (!file) throw new EmbeddedPostgresError('database-failed', data.directory, 'its worker file is missing');
    const worker = new Worker(file, { workerData: data, execArgv: [] });
    const thread = new DatabaseThread(worker, data.directory);
    await Promise.race([once(thread.events, 'ready'), once(thread.events, 'ended')]);
    if (thread.isOver) throw thread.endReason();
    return thread;
  }

  /** Adds a client, and returns the number of its session. */
  attach(session: ThreadSession): number {
    this.lastSession += 1;
    if (this.isOver) session.destroy(this.endReason());
    else this.sessions.set(this.lastSession, session);
    return this.lastSession;
  }

  detach(session: number): void {
    if (this.sessions.delete(session)) this.request({ session, kind: 'end' });
  }

  request(request: SessionRequest): void {
    if (this.isOver) return;
    this.requests.push(request);
    if (this.requests.length === 1) queueMicrotask(() => this.postRequests());
  }

  /** Completes pending requests, rolls back open transactions, closes the database and ends the thread. */
  async close(): Promise<void> {
    if (this.isOver) return;
    const ended = once(this.events, 'ended', { signal: AbortSignal.timeout(CLOSE_TIMEOUT_MS) });
    this.postRequests();
    this.post('close');
    await ended.catch(() => undefined);
    await this.worker.terminate();
  }

  private postRequests(): void {
    if (this.requests.length === 0) return;
    const requests = this.requests;
    this.requests = [];
    this.post(requests);
  }

  private post(message: ToDatabaseThread): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromDatabaseThread): void {
    if (message === 'ready') {
      this.events.emit('ready');
      return;
    }
    for (const response of message) this.sessions.get(response.session)?.receive(response);
  }

  private fail(error: unknown): void {
    this.failure = new EmbeddedPostgresError('database-failed', this.directory, embeddedReason(error, this.directory));
  }

  private end(): void {
    this.isOver = true;
    for (const session of this.sessions.values()) session.destroy(this.endReason());
    this.sessions.clear();
    this.events.emit('ended');
  }

  private endReason(): Error {
    return this.failure ?? new EmbeddedPostgresError('database-failed', this.directory, 'it is closed');
  }
}
