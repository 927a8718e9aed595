import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { within } from '../time/wait.js';
import { isRecord } from '../validation/is-record.js';
import { CLOSE_WITHIN_MS, type EngineQueue, type QueueEngine } from './engines/queue-engine.js';
import type { PausedAccount } from './paused-accounts.js';
import { QueueUnavailableError } from './queue.errors.js';
import type { QueueSettings } from './queue-settings.js';
import type { HeldJob, QueuedJob } from './queued-message.interface.js';

/** The queues of which the queue is made. All are BullMQ's, so that its tools can show them. */
export class QueueConnection {
  readonly messages: EngineQueue<QueuedJob>;
  /** Nobody works on these: people decide. */
  readonly held: EngineQueue<HeldJob>;
  /** A list more than a queue, which all processes read. */
  readonly pauses: EngineQueue<PausedAccount>;
  private closed = false;

  constructor(
    readonly engine: QueueEngine,
    private readonly settings: QueueSettings,
  ) {
    const { name } = settings;
    this.messages = engine.queue(name);
    this.held = engine.queue(`${name}-held`);
    this.pauses = engine.queue(`${name}-paused`);
  }

  /**
   * Resolves when the engine has answered each queue. Before that, BullMQ would keep a connection's first failure for
   * ever. @throws QueueUnavailableError.
   */
  async open(): Promise<void> {
    const queues = [this.messages, this.held, this.pauses];
    await this.untilReady(() => Promise.all(queues.map((queue) => queue.waitUntilReady())));
  }

  /** Waits for what BullMQ must have been answered before it is used. @throws QueueUnavailableError. */
  async untilReady(wait: () => Promise<unknown>): Promise<void> {
    await this.ask(wait).catch(() => {
      throw new QueueUnavailableError('The queue did not answer when it was opened', 'not-sent');
    });
  }

  /** Asks the engine. @throws QueueUnavailableError when it does not answer in time. */
  async ask<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new QueueUnavailableError('The queue is closed', 'not-sent');
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      const late = () => reject(maybeTaken('The queue did not answer in time'));
      timer = setTimeout(late, this.settings.enqueueTimeoutMs);
    });
    try {
      return await Promise.race([work(), timeout]);
    } catch (error) {
      throw asUnavailable(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks the engine of what it has just accepted: whatever fails now does not take that back. */
  async askOfAccepted<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.ask(work);
    } catch {
      throw maybeTaken('The queue was lost');
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    const queues = [this.messages, this.held, this.pauses];
    await within(CLOSE_WITHIN_MS, Promise.allSettled(queues.map((queue) => queue.close())));
    await this.engine.close();
  }
}

/** What the drivers say when nothing was handed over. */
const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EAI_AGAIN'];
const NOT_WRITTEN = [/stream isn't writeable/i, /timeout exceeded when trying to connect/i];
const SQLSTATE = /^[0-9A-Z]{5}$/;

function asUnavailable(error: unknown): ButtonMessagingError {
  if (error instanceof ButtonMessagingError) return error;
  const { code, message } = isRecord(error) ? error : {};
  const refused =
    (typeof code === 'string' && (NOT_CONNECTED.includes(code) || SQLSTATE.test(code))) ||
    NOT_WRITTEN.some((words) => words.test(String(message)));
  return refused
    ? new QueueUnavailableError('The queue cannot be reached', 'not-sent')
    : maybeTaken('The connection to the queue was lost, or its time passed');
}

function maybeTaken(what: string): QueueUnavailableError {
  return new QueueUnavailableError(`${what}; what was asked for may have been accepted all the same`, 'unknown');
}
