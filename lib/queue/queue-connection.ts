import { withTimeout } from '../async/delay.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { isRecord } from '../validation/is-record.js';
import { cleanCause } from './clean-cause.js';
import { CLOSE_TIMEOUT_MS, type EngineQueue, type QueueEngine } from './engines/queue-engine.js';
import { QueueUnavailableError } from './queue.errors.js';
import type { QueueSettings } from './queue-settings.js';
import type { HeldJob, PausedAccount, QueuedJob } from './queued-message.interface.js';

/** Holds the BullMQ queues of the module, so that BullMQ's tools can show them. */
export class QueueConnection {
  // Private by syntax, because BullMQ's queues hold the server's password.
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

  /** Whether this process sends messages. */
  get hasWorker(): boolean {
    return this.settings.worker;
  }

  /** Held messages. No worker processes them. */
  get held(): EngineQueue<HeldJob> {
    return this.#held;
  }

  /** The paused accounts, as a list that all processes read. */
  get pauses(): EngineQueue<PausedAccount> {
    return this.#pauses;
  }

  /**
   * Resolves when the engine has responded for each queue. Before that, BullMQ would keep a connection's first failure.
   *
   * @throws QueueUnavailableError
   */
  async open(): Promise<void> {
    const queues = [this.messages, this.held, this.pauses];
    await this.waitUntilReady(() => Promise.all(queues.map((queue) => queue.waitUntilReady())));
  }

  /** Waits for a response that BullMQ needs before it is used. @throws QueueUnavailableError */
  async waitUntilReady(wait: () => Promise<unknown>): Promise<void> {
    await this.run(wait).catch((error: unknown) => {
      const cause = causeOf(error);
      throw new QueueUnavailableError(`The queue did not respond at startup: ${cause.message}`, 'not-sent', cause);
    });
  }

  /** Runs a request to the engine within `enqueueTimeoutMs`. @throws QueueUnavailableError */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new QueueUnavailableError('The queue is closed', 'not-sent');
    let timer: NodeJS.Timeout | undefined;
    const { enqueueTimeoutMs } = this.settings;
    const timeout = new Promise<never>((_, reject) => {
      const onTimeout = () => reject(outcomeUnknown(`The queue did not respond within ${enqueueTimeoutMs} ms`));
      timer = setTimeout(onTimeout, enqueueTimeoutMs);
    });
    try {
      return await Promise.race([work(), timeout]);
    } catch (error) {
      throw this.unavailable(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Runs a request about data that the engine has accepted: its failure means an unknown outcome. */
  async runAfterAccept<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.run(work);
    } catch (error) {
      throw outcomeUnknown('The connection to the queue was lost', causeOf(error));
    }
  }

  /** Removes a message's job if it still waits. Returns whether it did: of concurrent calls one returns true. */
  removeWaiting(id: string): Promise<boolean> {
    return this.run(() => this.engine.jobs.removeWaiting(this.messages.name, id));
  }

  /** The same for a held message. */
  removeHeld(id: string): Promise<boolean> {
    return this.run(() => this.engine.jobs.removeWaiting(this.held.name, id));
  }

  /** Converts an error of the engine. */
  unavailable(error: unknown): ButtonMessagingError {
    if (error instanceof ButtonMessagingError) return error;
    const cause = cleanCause(error);
    const rejection = this.engine.rejectionOf(error);
    if (rejection !== undefined) return new QueueUnavailableError(rejection, 'not-sent', cause);
    if (!isNotTransmitted(error)) return outcomeUnknown('The connection to the queue was lost or timed out', cause);
    const reason = this.engine.connectionRejection();
    const message = `The queue cannot be reached${reason === undefined ? '' : `: ${reason}`}`;
    return new QueueUnavailableError(message, 'not-sent', cause);
  }

  async close(): Promise<void> {
    this.closed = true;
    const queues = [this.messages, this.held, this.pauses];
    await withTimeout(CLOSE_TIMEOUT_MS, Promise.allSettled(queues.map((queue) => queue.close())));
    await this.engine.close();
  }
}

/** The drivers' errors if no byte was transmitted. */
const NOT_CONNECTED = ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ETIMEDOUT', 'EAI_AGAIN'];
const NOT_WRITTEN = [
  /stream isn't writeable/i,
  /cluster isn't ready and enableOfflineQueue/i,
  /timeout exceeded when trying to connect/i,
];
/** An established connection may have transmitted the request. */
const WAS_CONNECTED = /^(read|write) /;

function isNotTransmitted(error: unknown): boolean {
  const { code, message } = isRecord(error) ? error : {};
  const text = String(message);
  const isUnreachable = typeof code === 'string' && NOT_CONNECTED.includes(code) && !WAS_CONNECTED.test(text);
  return isUnreachable || NOT_WRITTEN.some((pattern) => pattern.test(text));
}

function outcomeUnknown(what: string, cause?: Error): QueueUnavailableError {
  return new QueueUnavailableError(`${what}. The request may have been accepted`, 'unknown', cause);
}

/** Returns the driver's error, which is the cause of this package's own errors. */
function causeOf(error: unknown): Error {
  if (!(error instanceof ButtonMessagingError)) return cleanCause(error);
  return error.cause instanceof Error ? error.cause : cleanCause(error);
}
