import { EventEmitter, once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { EmbeddedPostgresError, embeddedReason } from './embedded-postgres.errors.js';
import { threadFile } from './thread-file.js';
import type {
  DatabaseThreadData,
  FromDatabaseThread,
  SessionAnswer,
  SessionRequest,
  ToDatabaseThread,
} from './thread-messages.interface.js';

/** Killing the thread loses nothing that was acknowledged, so it need not be waited for very long. */
const CLOSE_TIMEOUT_MS = 10_000;

/** One client's end of the conversation with the database's thread. */
export interface ThreadSession {
  /** An answer, or notifications, from the thread. */
  receive(answer: SessionAnswer): void;
  /** The thread is gone. */
  lose(why: Error): void;
}

/** The thread in which the database runs. What is asked in one turn of the event loop travels in one message. */
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

  /** Resolves when the database is open. */
  static async start(data: DatabaseThreadData): Promise<DatabaseThread> {
    const file = threadFile();
    if (!file) throw new EmbeddedPostgresError('database-failed', data.directory, 'its worker file is missing.');
    const worker = new Worker(file, { workerData: data, execArgv: [] });
    const thread = new DatabaseThread(worker, data.directory);
    await Promise.race([once(thread.events, 'ready'), once(thread.events, 'ended')]);
    if (thread.isOver) throw thread.whyOver();
    return thread;
  }

  /** Lets one more client speak. */
  attach(session: ThreadSession): number {
    this.lastSession += 1;
    if (this.isOver) session.lose(this.whyOver());
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

  /** Runs what has been asked, rolls back what is left open, closes the database and ends the thread. */
  async close(): Promise<void> {
    if (this.isOver) return;
    const ended = once(this.events, 'ended');
    this.postRequests();
    this.post('close');
    const waiting = new AbortController();
    const timeout = setTimeout(CLOSE_TIMEOUT_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
    await Promise.race([ended, timeout]);
    waiting.abort();
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
    for (const answer of message) this.sessions.get(answer.session)?.receive(answer);
  }

  private fail(error: unknown): void {
    this.failure = new EmbeddedPostgresError('database-failed', this.directory, embeddedReason(error, this.directory));
  }

  private end(): void {
    this.isOver = true;
    for (const session of this.sessions.values()) session.lose(this.whyOver());
    this.sessions.clear();
    this.events.emit('ended');
  }

  private whyOver(): Error {
    return this.failure ?? new EmbeddedPostgresError('database-failed', this.directory, 'it is closed.');
  }
}
