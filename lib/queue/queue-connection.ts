import { withTimeout } from '../async/delay.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { isRecord } from '../validation/is-record.js';
import { cleanCause } from './clean-cause.js';
import { CLOSE_TIMEOUT_MS, type EngineQueue, type QueueEngine } from './engines/queue-engine.js';
import type { PausedAccount } from './paused-accounts.js';
import { QueueUnavailableError } from './queue.errors.js';
import type { QueueSettings } from './queue-settings.js';
import type { HeldJob, QueuedJob } from './queued-message.interface.js';

/** The queues of which the queue is made. All are BullMQ's, so that its tools can show them. */
export class QueueConnection {
  // BullMQ's queues hold the server's password: whoever prints what holds this must not see them.
  readonly #messages: EngineQueue<QueuedJob>;
  readonly #held: EngineQueue<HeldJob>;
  readonly #pauses: EngineQueue<PausedAccount>;
  private closed = false;

  constructor(
    readonly engine: QueueEngine,
    private readonly settings: QueueSettings,
  ) {
    const { name } = settings;
    this.#messages = engine.queue(name);
    this.#held = engine.queue(`${name}-held`);
    this.#pauses = engine.queue(`${name}-paused`);
  }

  get messages(): EngineQueue<QueuedJob> {
    return this.#messages;
  }

  /** Nobody works on these: people decide. */
  get held(): EngineQueue<HeldJob> {
    return this.#held;
  }

  /** A list more than a queue, which all processes read. */
  get pauses(): EngineQueue<PausedAccount> {
    return this.#pauses;
  }

  /**
   * Resolves when the engine has answered each queue. Before that, BullMQ would keep a connection's first failure for
   * ever. @throws QueueUnavailableError.
   */
  async open(): Promise<void> {
    const queues = [this.messages, this.held, this.pauses];
    await this.waitUntilReady(() => Promise.all(queues.map((queue) => queue.waitUntilReady())));
  }

  /** Waits for what BullMQ must have been answered before it is used. @throws QueueUnavailableError. */
  async waitUntilReady(wait: () => Promise<unknown>): Promise<void> {
    await this.run(wait).catch((error: unknown) => {
      const cause = causeOf(error);
      const message = `The queue did not answer when it was opened: ${cause.message}`;
      throw new QueueUnavailableError(message, 'not-sent', cause);
    });
  }

  /** Asks the engine. @throws QueueUnavailableError when it does not answer in time. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new QueueUnavailableError('The queue is closed', 'not-sent');
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_, reject) => {
      const late = () => reject(outcomeUnknown('The queue did not answer in time'));
      timer = setTimeout(late, this.settings.enqueueTimeoutMs);
    });
    try {
      return await Promise.race([work(), timeout]);
    } catch (error) {
      throw this.unavailable(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Asks the engine of what it has just accepted: whatever fails now does not take that back. */
  async runAfterAccept<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.run(work);
    } catch (error) {
      throw outcomeUnknown('The queue was lost', causeOf(error));
    }
  }

  /** What a failure of the engine is to whoever asked. */
  unavailable(error: unknown): ButtonMessagingError {
    return asUnavailable(error, this.engine.refusalOf(error), this.engine.shutOut());
  }

  async close(): Promise<void> {
    this.closed = true;
    const queues = [this.messages, this.held, this.pauses];
    await withTimeout(CLOSE_TIMEOUT_MS, Promise.allSettled(queues.map((queue) => queue.close())));
    await this.engine.close();
  }
}

/** What the drivers say when nothing was handed over. */
const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EAI_AGAIN'];
const NOT_WRITTEN = [
  /stream isn't writeable/i,
  /cluster isn't ready and enableOfflineQueue/i,
  /timeout exceeded when trying to connect/i,
];
/** A connection that was there may have brought it. */
const WAS_CONNECTED = /^(read|write) /;

function asUnavailable(error: unknown, refusal: string | undefined, shutOut: string | undefined): ButtonMessagingError {
  if (error instanceof ButtonMessagingError) return error;
  const cause = cleanCause(error);
  if (refusal !== undefined) return new QueueUnavailableError(refusal, 'not-sent', cause);
  const { code, message } = isRecord(error) ? error : {};
  const words = String(message);
  const isUnreachable = typeof code === 'string' && NOT_CONNECTED.includes(code) && !WAS_CONNECTED.test(words);
  const why = shutOut === undefined ? '' : `: ${shutOut}`;
  return isUnreachable || NOT_WRITTEN.some((known) => known.test(words))
    ? new QueueUnavailableError(`The queue cannot be reached${why}`, 'not-sent', cause)
    : outcomeUnknown('The connection to the queue was lost, or its time passed', cause);
}

function outcomeUnknown(what: string, cause?: Error): QueueUnavailableError {
  return new QueueUnavailableError(`${what}; what was asked for may have been accepted all the same`, 'unknown', cause);
}

/** What the driver said, if it was asked; of our own errors that is their cause. */
function causeOf(error: unknown): Error {
  if (!(error instanceof ButtonMessagingError)) return cleanCause(error);
  return error.cause instanceof Error ? error.cause : cleanCause(error);
}
