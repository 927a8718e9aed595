import { DelayedError, UnrecoverableError } from 'bullmq';
import { sendContext } from '../adapters/send-context.js';
import { delay } from '../async/delay.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { MessageSender } from '../sending/message.sender.js';
import { fieldsOf } from '../telemetry/log-fields.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { isRecord } from '../validation/is-record.js';
import type { AccountWaits } from './account-waits.js';
import { AttemptFailedError } from './engines/attempt-failed.error.js';
import { PostponedError } from './engines/postponed.error.js';
import { type MessageJob, type ProgressWrite, REQUEST_STARTED, type TriedProgress } from './engines/queue-engine.js';
import { type Repetition, retryUntilWritten } from './engines/retry-until-written.js';
import type { FairOrder } from './fair-order.js';
import type { HeldMessages } from './held-messages.js';
import { accountOf, accountsOf, isLate, isNew } from './job-facts.js';
import { configureBackoff } from './job-options.js';
import { isNewer } from './job-version.js';
import { NewerJobs } from './newer-jobs.js';
import type { PausedAccounts } from './paused-accounts.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueEventStream } from './queue-event.stream.js';
import type { QueueSettings } from './queue-settings.js';
import type { QueueTelemetry } from './queue-telemetry.js';
import type { QueuedJobEnd } from './queued-message.interface.js';
import { failedReasonOf, messageErrorOf } from './queued-message.mapper.js';
import type { NoPermit, Permit, Semaphore } from './semaphore.js';
import { isSent, withDates } from './stores/sent-message.codec.js';
import type { WorkerTrouble } from './worker-trouble.js';

/** What comes later is waited for in the queue, where it holds up nobody. */
const MAX_WAIT_MS = 100;
const PAUSED_MS = 2_000;
/** What finds all sends of its account slow looks again. */
const BUSY_MS = 1_000;

/** What the worker works with. */
export interface WorkerParts {
  connection: QueueConnection;
  settings: QueueSettings;
  sender: MessageSender;
  held: HeldMessages;
  pauses: PausedAccounts;
  waits: AccountWaits;
  order: FairOrder;
  trouble: WorkerTrouble;
  events: QueueEventStream;
  logger: MessagingLogger;
  telemetry: QueueTelemetry;
}

/** What sends of a worker have in common. */
export interface ProcessorParts extends WorkerParts {
  slots: Semaphore;
  /** Ends sends that take too long when the application closes. */
  cutOff: AbortSignal;
  /** How what is known of a message is written again until it is. */
  repetition: Repetition;
}

/** Sends a message that was taken up, once, or puts it back or aside. */
export class MessageProcessor {
  private readonly newer: NewerJobs;

  constructor(private readonly parts: ProcessorParts) {
    this.newer = new NewerJobs(parts.logger);
  }

  async processJob(job: MessageJob, token: string): Promise<QueuedJobEnd> {
    if (isNewer(job)) return this.newer.leave(job);
    const taken = isLate(job) ? 'late' : this.acquirePermit(job);
    const slot = taken instanceof Promise ? await taken : taken;
    if (slot === 'closed') return this.delayJob(job, 0);
    // Twice as many come back as may end meanwhile.
    if (slot === 'busy') return this.delayJob(job, BUSY_MS, BUSY_MS / (2 * this.parts.settings.concurrency));
    try {
      // What is late is not sent any more, and needs none.
      return await this.process(job, token, slot === 'late' ? undefined : slot);
    } catch (error) {
      configureBackoff(job);
      throw error;
    } finally {
      if (slot !== 'late') slot.release();
    }
  }

  /** A slot, or why there is none; one that comes after the message's deadline is given back. */
  private acquirePermit(job: MessageJob): Promise<Permit | NoPermit | 'late'> | Permit | NoPermit {
    const taken = this.parts.slots.acquire(accountOf(job));
    const { deadlineAt } = job.data;
    return taken instanceof Promise && deadlineAt !== undefined ? wasStarted(deadlineAt, taken) : taken;
  }

  private async process(job: MessageJob, token: string, slot: Permit | undefined): Promise<QueuedJobEnd> {
    const known = isNew(job) ? undefined : await this.recoverOutcome(job);
    if (known) return known;
    const wait = isLate(job) ? 0 : this.mustWait(job);
    const waitMs = typeof wait === 'number' ? wait : await wait;
    if (waitMs > 0) return this.delayJob(job, waitMs);
    this.parts.order.reach(job.priority);
    const sending = this.parts.telemetry.process(job.id ?? '', job.data.trace, () => this.send(job, token, slot));
    // By how it ended, not by its form: an error carries the message's id and account, too.
    const { sent, thrown } = await sending.then(
      (sent) => ({ sent, thrown: undefined }),
      (thrown: unknown) => ({ sent: undefined, thrown }),
    );
    if (!sent) return this.afterFailure(job, token, thrown);
    this.parts.waits.succeed(sent.account);
    return { sent };
  }

  /** For how many milliseconds its account lets it wait. */
  private mustWait(job: MessageJob): Promise<number> | number {
    const accounts = accountsOf(job);
    const paused = this.parts.pauses.include(accounts);
    const waitMs = (isPaused: boolean) => (isPaused ? PAUSED_MS : this.parts.waits.admit(accounts));
    return paused instanceof Promise ? paused.then(waitMs) : waitMs(paused);
  }

  /** How a message ended that was taken up before, or put into the queue before. */
  private async recoverOutcome(job: MessageJob): Promise<QueuedJobEnd | undefined> {
    const { data, progress } = job;
    if (data.settled) return { sent: data.settled };
    const recorded = recordedIn(progress);
    if (recorded) {
      // It may have been put aside before that was recorded.
      await this.parts.held.removeHeld(job.id ?? '');
      return { sent: recorded };
    }
    if (progress === REQUEST_STARTED && this.parts.settings.onUnknownOutcome === 'hold') {
      const message = 'Whoever sent it ended before the answer was known';
      return this.moveToHeld(job, new UnknownOutcomeError(message));
    }
    if (data.release !== undefined) await this.parts.held.removeHeld(job.id ?? '');
    // Its key was given again at the moment at which it was put aside.
    else if (data.once && (await this.parts.held.find(job.id ?? ''))) return removeOnComplete(job);
    return undefined;
  }

  private async send(job: MessageJob, token: string, slot: Permit | undefined): Promise<SentMessage> {
    const { message, options, deadlineAt } = job.data;
    const deadline = deadlineAt === undefined ? {} : { deadlineMs: Math.max(0, deadlineAt - Date.now()) };
    const beforeRequest = async () => {
      // A marker that could not be written counts as not written: the request does not leave.
      if (await this.write(job, token, REQUEST_STARTED).catch(() => false)) return;
      throw new SendAbortedError('Another worker has taken the message over', 'not-sent');
    };
    const id = job.id ?? '';
    const onAccepted = () => slot?.release();
    // What is tried again is tried again from the queue: meanwhile it holds up nobody.
    const waits = { maxWaitMs: MAX_WAIT_MS, attempts: 1 };
    const [account] = accountsOf(job);
    const by = options?.via === undefined && account !== undefined ? { account } : {};
    const given = { ...options, ...by, ...deadline, signal: this.parts.cutOff };
    const context = sendContext(given, { id, correlationId: id, beforeRequest, onAccepted, ...waits });
    return this.parts.sender.send(message, given, context);
  }

  private async afterFailure(job: MessageJob, token: string, thrown: unknown): Promise<QueuedJobEnd> {
    const left = !(thrown instanceof ButtonMessagingError) || thrown.outcome === 'unknown';
    const error =
      thrown instanceof ButtonMessagingError ? thrown : new UnknownOutcomeError('Something unexpected came up');
    const account = error.account ?? accountOf(job);
    if (left) this.parts.waits.missAnswer(account, error);
    if (left && !this.canRetry(job)) return this.moveToHeld(job, error);
    await this.unmark(job, token, { tried: messageErrorOf(error) });
    if (error instanceof SendAbortedError) return this.delayJob(job, 0);
    if (isLate(job)) throw new UnrecoverableError(failedReasonOf(error));
    const waitMs = left ? undefined : this.parts.waits.fail(account, error, job.attemptsStarted);
    if (waitMs !== undefined) return this.delayJob(job, waitMs);
    // Whoever answers can be reached, and knows the account.
    if (error.status !== undefined) this.parts.waits.succeed(account);
    if (!(error.retryable || left)) throw new UnrecoverableError(failedReasonOf(error));
    throw new AttemptFailedError(error);
  }

  private canRetry(job: MessageJob): boolean {
    const { onUnknownOutcome, attempts } = this.parts.settings;
    return onUnknownOutcome === 'resend' && job.attemptsMade + 1 < (job.opts.attempts ?? attempts);
  }

  private async moveToHeld(job: MessageJob, error: ButtonMessagingError): Promise<QueuedJobEnd> {
    const { held, events, logger } = this.parts;
    const id = job.id ?? '';
    const why = messageErrorOf(error);
    // Left as it is: the marker makes the next worker put it aside.
    if (!(await held.hold(job, why, this.parts.cutOff))) throw new DelayedError();
    const sent = recordedIn((await this.parts.connection.messages.getJob(id).catch(() => undefined))?.progress);
    if (sent) {
      await held.removeHeld(id);
      return { sent };
    }
    logger.warn(`Message ${id} is held: nobody knows whether it went out (${error.code}).`, { ...fieldsOf(error), id });
    events.emit({ kind: 'held', id, error: why });
    return removeOnComplete(job);
  }

  private async delayJob(job: MessageJob, forMs: number, apartMs?: number): Promise<never> {
    const at = forMs === 0 ? Date.now() : this.parts.waits.comesBackAt(accountOf(job), forMs, apartMs);
    // Its deadline is not slept through: then it fails.
    throw new PostponedError(Math.min(at, Math.max(Date.now(), job.data.deadlineAt ?? at)));
  }

  /** It is known that nothing left: no next worker may take it for a message of unknown outcome. */
  private async unmark(job: MessageJob, token: string, progress: TriedProgress): Promise<void> {
    const { connection, settings } = this.parts;
    await retryUntilWritten(async () => {
      if (await this.write(job, token, progress)) return;
      await connection.engine.unmark(settings.name, job.id ?? '', job.attemptsStarted);
    }, this.parts.repetition);
  }

  private write(job: MessageJob, token: string, progress: ProgressWrite['progress']): Promise<boolean> {
    const { connection, settings } = this.parts;
    const write = { queue: settings.name, jobId: job.id ?? '', lockToken: token, progress };
    return connection.engine.writeProgress(write);
  }
}

async function wasStarted(deadlineAt: number, taken: Promise<Permit | NoPermit>): Promise<Permit | NoPermit | 'late'> {
  const isOver = new AbortController();
  const late = delay(deadlineAt - Date.now(), isOver.signal).then(() => 'late' as const);
  const slot = await Promise.race([taken, late]);
  isOver.abort();
  if (slot === 'late') void taken.then((unused) => typeof unused !== 'string' && unused.release());
  return slot;
}

/** Takes the job out when it ends: the message is kept elsewhere. */
function removeOnComplete(job: MessageJob): QueuedJobEnd {
  job.opts.removeOnComplete = true;
  return { held: true };
}

function recordedIn(progress: unknown): SentMessage | undefined {
  return isRecord(progress) && isSent(progress.sent) ? withDates(progress.sent) : undefined;
}
