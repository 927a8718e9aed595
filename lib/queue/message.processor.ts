import { Inject, Injectable } from '@nestjs/common';
import { DelayedError, UnrecoverableError } from 'bullmq';
import { sendContext } from '../adapters/send-context.js';
import { delay } from '../async/delay.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { errorName } from '../errors/error-name.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { fieldsOf } from '../telemetry/log-fields.js';
import { AccountWaits } from './account-waits.js';
import { PostponedError } from './engines/acknowledging-worker.js';
import { AttemptFailedError } from './engines/attempt-failed.error.js';
import { type MessageJob, type ProgressWrite, REQUEST_STARTED, type TriedProgress } from './engines/queue-engine.js';
import { retryUntilWritten } from './engines/retry-until-written.js';
import { FairOrder } from './fair-order.js';
import { HeldMessages } from './held-messages.js';
import { accountOf, accountsOf, isLate, isNew } from './job-facts.js';
import { isNewer, NewerJobs } from './job-version.js';
import { configureBackoff } from './message-job.factory.js';
import { MessagingCore } from './messaging-core.js';
import { PausedAccounts } from './paused-accounts.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEventStream } from './queue-event.stream.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import { QueueTelemetry } from './queue-telemetry.js';
import type { QueuedJobEnd } from './queued-message.interface.js';
import { failedReasonOf, messageErrorOf, recordedSentOf } from './queued-message.mapper.js';
import type { NoPermit, Permit } from './semaphore.js';
import { WorkerContext } from './worker-context.js';

/** Longer waits happen in the queue, where they do not occupy a send slot. */
const MAX_WAIT_MS = 100;
const PAUSED_MS = 2_000;
/** The delay of a job whose account has only slow sends. */
const BUSY_MS = 1_000;
/** The delay of a job that only a newer version supports. */
const NEWER_MS = 30_000;

/** Sends the message of a job once, or delays the job, or moves the message to held. */
@Injectable()
export class MessageProcessor {
  constructor(
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    private readonly connection: QueueConnection,
    private readonly context: WorkerContext,
    private readonly core: MessagingCore,
    private readonly held: HeldMessages,
    private readonly pauses: PausedAccounts,
    private readonly waits: AccountWaits,
    private readonly order: FairOrder,
    private readonly newer: NewerJobs,
    private readonly telemetry: QueueTelemetry,
    private readonly events: QueueEventStream,
  ) {}

  async processJob(job: MessageJob, token: string): Promise<QueuedJobEnd> {
    if (isNewer(job)) return this.leaveToNewer(job);
    const acquired = isLate(job) ? 'late' : this.acquirePermit(job);
    const permit = acquired instanceof Promise ? await acquired : acquired;
    if (permit === 'closed') return this.delayJob(job, 0);
    // Up to twice as many sends may finish until then.
    if (permit === 'busy') return this.delayJob(job, BUSY_MS, BUSY_MS / (2 * this.settings.concurrency));
    try {
      // A late message is not sent, so it needs no permit.
      return await this.process(job, token, permit === 'late' ? undefined : permit);
    } catch (error) {
      configureBackoff(job);
      throw error;
    } finally {
      if (permit !== 'late') permit.release();
    }
  }

  /** Returns a permit, or why there is none. Releases a permit that comes after the message's deadline. */
  private acquirePermit(job: MessageJob): Promise<Permit | NoPermit | 'late'> | Permit | NoPermit {
    const acquired = this.context.slots.acquire(accountOf(job));
    const { deadlineAt } = job.data;
    return acquired instanceof Promise && deadlineAt !== undefined ? untilDeadline(deadlineAt, acquired) : acquired;
  }

  private async process(job: MessageJob, token: string, permit: Permit | undefined): Promise<QueuedJobEnd> {
    const known = isNew(job) ? undefined : await this.recoverOutcome(job);
    if (known) return known;
    const wait = isLate(job) ? 0 : this.accountWait(job);
    const waitMs = typeof wait === 'number' ? wait : await wait;
    if (waitMs > 0) return this.delayJob(job, waitMs);
    this.order.reach(job.priority);
    const sending = this.telemetry.process(job.id ?? '', job.data.trace, () => this.send(job, token, permit));
    // An error has an ID and an account like a sent message, so the two are distinguished here.
    const { sent, thrown } = await sending.then(
      (sent) => ({ sent, thrown: undefined }),
      (thrown: unknown) => ({ sent: undefined, thrown }),
    );
    if (!sent) return this.afterFailure(job, token, thrown);
    this.waits.succeed(sent.account);
    return { sent };
  }

  /** Returns how many milliseconds the message has to wait for its account. */
  private accountWait(job: MessageJob): Promise<number> | number {
    const accounts = accountsOf(job);
    const paused = this.pauses.include(accounts);
    const waitMs = (isPaused: boolean) => (isPaused ? PAUSED_MS : this.waits.admit(accounts));
    return paused instanceof Promise ? paused.then(waitMs) : waitMs(paused);
  }

  /** Returns the outcome of a message that a worker had fetched before, or undefined if it has to be sent. */
  private async recoverOutcome(job: MessageJob): Promise<QueuedJobEnd | undefined> {
    const { data, progress } = job;
    const id = job.id ?? '';
    if (data.settled) return { sent: data.settled };
    const recorded = recordedSentOf(progress);
    if (recorded) {
      // It may have been moved to held before its result was recorded.
      await this.held.removeHeld(id);
      return { sent: recorded };
    }
    if (progress === REQUEST_STARTED && this.settings.onUnknownOutcome === 'hold') {
      return this.moveToHeld(job, new UnknownOutcomeError('The worker stopped before it received a response'));
    }
    if (data.release !== undefined) await this.held.removeHeld(id);
    // Its key was used again while the message of that key moved to held.
    else if (data.once && (await this.held.find(id))) return removeOnComplete(job);
    return undefined;
  }

  private async send(job: MessageJob, token: string, permit: Permit | undefined): Promise<SentMessage> {
    const { message, options, deadlineAt } = job.data;
    const deadline = deadlineAt === undefined ? {} : { deadlineMs: Math.max(0, deadlineAt - Date.now()) };
    const beforeRequest = async () => {
      // Without the marker the request must not start.
      if (await this.write(job, token, REQUEST_STARTED).catch(() => false)) return;
      throw new SendAbortedError('Another worker has taken over the message', 'not-sent');
    };
    const id = job.id ?? '';
    const onAccepted = () => permit?.release();
    // Retries go through the queue, so that they do not occupy a send slot.
    const limits = { maxWaitMs: MAX_WAIT_MS, attempts: 1 };
    const [account] = accountsOf(job);
    const chosen = options?.via === undefined && account !== undefined ? { account } : {};
    const sendOptions = { ...options, ...chosen, ...deadline, signal: this.context.cutOff.signal };
    const context = sendContext(sendOptions, { id, correlationId: id, beforeRequest, onAccepted, ...limits });
    return this.core.sender.send(message, sendOptions, context);
  }

  private async afterFailure(job: MessageJob, token: string, thrown: unknown): Promise<QueuedJobEnd> {
    const error =
      thrown instanceof ButtonMessagingError
        ? thrown
        : new UnknownOutcomeError(`Unexpected error: ${errorName(thrown)}. The message may have been sent`);
    const isUnknown = error.outcome === 'unknown';
    const account = error.account ?? accountOf(job);
    if (isUnknown) this.waits.missResponse(account, error);
    if (isUnknown && !this.canRetry(job)) return this.moveToHeld(job, error);
    await this.unmark(job, token, { tried: messageErrorOf(error) });
    if (error instanceof SendAbortedError) return this.delayJob(job, 0);
    if (isLate(job)) throw new UnrecoverableError(failedReasonOf(error));
    const waitMs = isUnknown ? undefined : this.waits.fail(account, error, job.attemptsStarted);
    if (waitMs !== undefined) return this.delayJob(job, waitMs);
    // A provider that responded is reachable and knows the account.
    if (error.status !== undefined) this.waits.succeed(account);
    if (!(error.retryable || isUnknown)) throw new UnrecoverableError(failedReasonOf(error));
    throw new AttemptFailedError(error);
  }

  private canRetry(job: MessageJob): boolean {
    const { onUnknownOutcome, attempts } = this.settings;
    return onUnknownOutcome === 'resend' && job.attemptsMade + 1 < (job.opts.attempts ?? attempts);
  }

  private async moveToHeld(job: MessageJob, error: ButtonMessagingError): Promise<QueuedJobEnd> {
    const { held, connection } = this;
    const id = job.id ?? '';
    const messageError = messageErrorOf(error);
    // The job stays as it is: because of its marker the next worker moves it to held.
    if (!(await held.hold(job, messageError, this.context.cutOff.signal))) throw new DelayedError();
    const sent = recordedSentOf((await connection.messages.getJob(id).catch(() => undefined))?.progress);
    if (sent) {
      await held.removeHeld(id);
      return { sent };
    }
    this.core.logger.warn(`Message ${id} was moved to held: its outcome is unknown (${error.code}).`, {
      ...fieldsOf(error),
      id,
    });
    this.events.emit({ kind: 'held', id, error: messageError });
    return removeOnComplete(job);
  }

  /** Delays a job, so that another worker can fetch it, or this one after an update. */
  private leaveToNewer(job: MessageJob): never {
    this.newer.report(job);
    throw new PostponedError(Date.now() + NEWER_MS);
  }

  private async delayJob(job: MessageJob, waitMs: number, intervalMs?: number): Promise<never> {
    const at = waitMs === 0 ? Date.now() : this.waits.nextAt(accountOf(job), waitMs, intervalMs);
    // At its deadline it is fetched again, and fails.
    throw new PostponedError(Math.min(at, Math.max(Date.now(), job.data.deadlineAt ?? at)));
  }

  /** Removes the marker of a message that was not sent, so that no later worker moves it to held. */
  private async unmark(job: MessageJob, token: string, progress: TriedProgress): Promise<void> {
    const { connection, settings } = this;
    await retryUntilWritten(async () => {
      if (await this.write(job, token, progress)) return;
      await connection.engine.jobs.unmark(settings.name, job.id ?? '', job.attemptsStarted);
    }, this.context.repetition);
  }

  private write(job: MessageJob, token: string, progress: ProgressWrite['progress']): Promise<boolean> {
    const write = { queue: this.settings.name, jobId: job.id ?? '', lockToken: token, progress };
    return this.connection.engine.writeProgress(write);
  }
}

async function untilDeadline(
  deadlineAt: number,
  acquired: Promise<Permit | NoPermit>,
): Promise<Permit | NoPermit | 'late'> {
  const isOver = new AbortController();
  const late = delay(deadlineAt - Date.now(), isOver.signal).then(() => 'late' as const);
  const permit = await Promise.race([acquired, late]);
  isOver.abort();
  if (permit === 'late') void acquired.then((unused) => typeof unused !== 'string' && unused.release());
  return permit;
}

/** Removes the job when it completes, because the message is stored as held. */
function removeOnComplete(job: MessageJob): QueuedJobEnd {
  job.opts.removeOnComplete = true;
  return { held: true };
}
