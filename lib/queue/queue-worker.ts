import { setMaxListeners } from 'node:events';
import { DelayedError, UnrecoverableError } from 'bullmq';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { RateLimitedError } from '../errors/provider.errors.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { ButtonMessageSender } from '../providers/button-message-sender.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { within } from '../time/wait.js';
import { isRecord } from '../validation/is-record.js';
import { AttemptFailedError } from './engines/attempt-failed.error.js';
import { LOCK_MS, type MessageJob, type MessageWorker, NOT_LEFT, REQUEST_LEFT } from './engines/queue-engine.js';
import type { HeldMessages } from './held-messages.js';
import { prepareToFail } from './job-options.js';
import type { PausedAccounts } from './paused-accounts.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueEvents } from './queue-events.js';
import type { QueueSettings } from './queue-settings.js';
import type { QueueTelemetry } from './queue-telemetry.js';
import type { QueuedJobEnd } from './queued-message.interface.js';
import { errorOf, sentOf } from './queued-message.reader.js';
import { type SendSlot, SendSlots } from './send-slots.js';
import { isSent, withDates } from './sent-message.reader.js';

/** A turn that comes later is waited for in the queue: others may go first meanwhile. */
const TURN_WITHIN_MS = 1_000;
const PAUSED_MS = 2_000;
const MOST_SPREAD_MS = 30_000;
/** What is cut off at the end is put aside within that. */
const CUT_OFF_MS = 3_000;

/** What the worker works with. */
export interface WorkerParts {
  connection: QueueConnection;
  settings: QueueSettings;
  sender: ButtonMessageSender;
  held: HeldMessages;
  pauses: PausedAccounts;
  events: QueueEvents;
  logger: MessagingLogger;
  telemetry: QueueTelemetry;
}

/** Takes messages up, and sends each once or puts it aside. */
export class QueueWorker {
  private readonly worker: MessageWorker;
  private readonly cutOff = new AbortController();
  private readonly slots: SendSlots;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: WorkerParts) {
    const { connection, settings, logger, events } = parts;
    // Those that wait listen to it each for itself.
    setMaxListeners(0, this.cutOff.signal);
    const { name, concurrency } = settings;
    this.slots = new SendSlots(concurrency);
    this.worker = connection.engine.worker(
      name,
      (job, token) => this.takeUp(job, token ?? ''),
      jobsAtOnce(concurrency),
    );
    this.worker.on('error', (error) => logger.debug(`The queue's worker: ${error.message}`));
    this.worker.on('completed', (job) => {
      const sent = sentOf(job);
      if (sent) events.emit({ kind: 'sent', id: job.id ?? '', sent });
    });
    this.worker.on('failed', (job, error) => {
      if (job?.finishedOn !== undefined)
        events.emit({ kind: 'failed', id: job.id ?? '', error: errorOf(error.message) });
    });
  }

  /**
   * Begins, once the engine has answered: BullMQ's worker would keep a first failure for ever, and try again without
   * letting anything else in the process have its turn. @throws QueueUnavailableError.
   */
  async start(): Promise<void> {
    await this.parts.connection.untilReady(() => this.worker.waitUntilReady());
    this.running = this.worker.run().catch((error: unknown) => {
      this.parts.logger.error(`The queue's worker ended: ${error instanceof Error ? error.message : 'unknown'}`);
    });
  }

  /** Takes nothing more, lets what is in flight finish for a while, and cuts off the rest. */
  async close(): Promise<void> {
    this.slots.close();
    const closed = this.worker.close();
    await within(this.parts.settings.closeTimeoutMs, closed);
    this.cutOff.abort();
    await within(CUT_OFF_MS, Promise.all([closed, this.running]));
  }

  private async takeUp(job: MessageJob, token: string): Promise<QueuedJobEnd> {
    const slot = await this.slots.take();
    if (!slot) return this.postpone(job, token, 0);
    try {
      return await this.process(job, token, slot);
    } catch (error) {
      prepareToFail(job);
      throw error;
    } finally {
      slot.give();
    }
  }

  private async process(job: MessageJob, token: string, slot: SendSlot): Promise<QueuedJobEnd> {
    const known = isNew(job) ? undefined : await this.whatIsKnown(job);
    if (known) return known;
    const paused = !isLate(job) && this.parts.pauses.include(job.data.accounts);
    if (paused !== false && (await paused)) return this.postpone(job, token, PAUSED_MS);
    const takenUpAt = Date.now();
    const sending = this.parts.telemetry.process(job.id ?? '', job.data.trace, () => this.send(job, token, slot));
    const sent = await sending.catch((error: unknown) => error);
    if (!isSent(sent)) return this.afterFailure(job, token, sent);
    // Whoever slept for so long may have lost the message to another worker, who then put it aside.
    const mayBeLost = Date.now() - takenUpAt >= LOCK_MS / 2;
    if (mayBeLost && !(await this.write(job, token, REQUEST_LEFT)))
      await this.parts.held.settle(job.id ?? '', job.data, sent);
    return { sent };
  }

  /** How a message ended that was taken up before, or put into the queue before. */
  private async whatIsKnown(job: MessageJob): Promise<QueuedJobEnd | undefined> {
    const { data, progress } = job;
    if (data.settled) return { sent: data.settled };
    const recorded = recordedIn(progress);
    if (recorded) return { sent: recorded };
    if (progress === REQUEST_LEFT && this.parts.settings.onUnknownOutcome === 'hold') {
      const message = 'Whoever sent it ended before the answer was known';
      return this.putAside(job, new UnknownOutcomeError(message));
    }
    if (data.release !== undefined) await this.parts.held.takeOut(job.id ?? '');
    // Its key was given again at the moment at which it was put aside.
    else if (data.once && (await this.parts.held.find(job.id ?? ''))) return leave(job);
    return undefined;
  }

  private async send(job: MessageJob, token: string, slot: SendSlot): Promise<SentMessage> {
    const { message, options, deadlineAt } = job.data;
    const deadline = deadlineAt === undefined ? {} : { deadlineMs: Math.max(0, deadlineAt - Date.now()) };
    const beforeRequest = async () => {
      if (await this.write(job, token, REQUEST_LEFT)) return;
      throw new SendAbortedError('Another worker has taken the message over', 'not-sent');
    };
    const id = job.id ?? '';
    const onAccepted = () => slot.give();
    const circumstances = { id, correlationId: id, beforeRequest, onAccepted, turnWithinMs: TURN_WITHIN_MS };
    return this.parts.sender.send(message, { ...options, ...deadline, signal: this.cutOff.signal }, circumstances);
  }

  private async afterFailure(job: MessageJob, token: string, thrown: unknown): Promise<QueuedJobEnd> {
    const left = !(thrown instanceof ButtonMessagingError) || thrown.outcome === 'unknown';
    const error =
      thrown instanceof ButtonMessagingError ? thrown : new UnknownOutcomeError('Something unexpected came up');
    if (left && !this.mayTryAgain(job)) return this.putAside(job, error);
    await this.write(job, token, NOT_LEFT);
    if (error instanceof SendAbortedError) return this.postpone(job, token, 0);
    const waitMs = error instanceof RateLimitedError ? error.retryAfterMs : undefined;
    const isOver = job.data.deadlineAt !== undefined && Date.now() + (waitMs ?? 0) >= job.data.deadlineAt;
    if (waitMs !== undefined && !isOver) return this.postpone(job, token, waitMs);
    if (isOver || !(error.retryable || left)) throw new UnrecoverableError(`${error.code}: ${error.message}`);
    throw new AttemptFailedError(error);
  }

  private mayTryAgain(job: MessageJob): boolean {
    const { onUnknownOutcome, attempts } = this.parts.settings;
    return onUnknownOutcome === 'resend' && job.attemptsMade + 1 < (job.opts.attempts ?? attempts);
  }

  private async putAside(job: MessageJob, error: ButtonMessagingError): Promise<QueuedJobEnd> {
    const { held, events, logger } = this.parts;
    const id = job.id ?? '';
    const why = { code: error.code, message: error.message };
    // Left as it is: the marker makes the next worker put it aside.
    if (!(await held.hold(job, why, this.cutOff.signal))) throw new DelayedError();
    const sent = recordedIn((await this.parts.connection.messages.getJob(id).catch(() => undefined))?.progress);
    if (sent) {
      await held.takeOut(id);
      return { sent };
    }
    logger.warn(`Message ${id} is held: nobody knows whether it went out (${error.code}).`);
    events.emit({ kind: 'held', id, error: why });
    return leave(job);
  }

  /** The more often, the more they are spread: many that wait for the same turn must not all come at once. */
  private async postpone(job: MessageJob, token: string, forMs: number): Promise<never> {
    const spreadMs = forMs === 0 ? 0 : Math.random() * Math.min(job.attemptsStarted * 1_000, MOST_SPREAD_MS);
    const at = Date.now() + forMs + Math.round(spreadMs);
    // Its deadline is not slept through: then it fails.
    await job.moveToDelayed(Math.min(at, Math.max(Date.now(), job.data.deadlineAt ?? at)), token);
    throw new DelayedError();
  }

  // A marker that could not be written counts as not written: the request does not leave.
  private write(job: MessageJob, token: string, progress: typeof REQUEST_LEFT | typeof NOT_LEFT): Promise<boolean> {
    const { connection, settings } = this.parts;
    const write = { queue: settings.name, jobId: job.id ?? '', lockToken: token, progress };
    return connection.engine.writeProgress(write).catch(() => false);
  }
}

/**
 * More than are sent at a time: while these wait for their provider, others are fetched and put away. One at a time
 * stays one, and thereby in order.
 */
function jobsAtOnce(concurrency: number): number {
  return concurrency === 1 ? 1 : 2 * concurrency;
}

function isLate({ data: { deadlineAt } }: MessageJob): boolean {
  return deadlineAt !== undefined && Date.now() >= deadlineAt;
}

/** Whether nothing can have become of a message yet. */
function isNew({ data, progress }: MessageJob): boolean {
  return progress === NOT_LEFT && !data.settled && !data.once && data.release === undefined;
}

/** Takes the job out when it ends: the message is kept elsewhere. */
function leave(job: MessageJob): QueuedJobEnd {
  job.opts.removeOnComplete = true;
  return { held: true };
}

function recordedIn(progress: unknown): SentMessage | undefined {
  return isRecord(progress) && isSent(progress.sent) ? withDates(progress.sent) : undefined;
}
