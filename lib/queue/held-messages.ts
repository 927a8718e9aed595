import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { delay } from '../async/delay.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { MessageJob } from './engines/queue-engine.js';
import { isLostJob } from './engines/retry-until-written.js';
import { isMessageId } from './message-id.js';
import { jobOptions } from './message-job.factory.js';
import { QueueConnection } from './queue-connection.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import type { HeldJob, MessageError, QueuedJob, QueuedMessage } from './queued-message.interface.js';
import { heldMessage } from './queued-message.mapper.js';

/** The name of a job that was released to be sent again. */
export const RELEASED = 'released';
/** The progress of a held job that is about to be discarded. */
export const DISCARDED = 'discarded';

/** How long a released message is delayed if its release is interrupted. */
const RELEASE_MS = 30_000;
const RETRY_MS = 500;
const RECHECK_MS = 20;
const RESOLVE_ATTEMPTS = 20;

/** Manages messages whose outcome is unknown, in a queue of their own that no worker processes. */
@Injectable()
export class HeldMessages {
  constructor(
    private readonly connection: QueueConnection,
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
  ) {}

  /** Adds a message, and retries until it is added. Returns false if the signal ends that. */
  async hold(job: MessageJob, error: MessageError, signal: AbortSignal): Promise<boolean> {
    const id = job.id ?? '';
    const { release: _, ...data } = job.data;
    const held = { ...data, error, attempts: job.attemptsMade + 1 };
    const add = () => this.connection.held.add('held', held, { jobId: id });
    // At least once, even if the application is closing.
    for (;;) {
      const isAdded = await this.connection.run(add).then(
        () => true,
        () => false,
      );
      if (isAdded) return true;
      if (!(await delay(RETRY_MS, signal))) return false;
    }
  }

  async find(id: string): Promise<QueuedMessage | undefined> {
    const job = await this.connection.run(() => this.connection.held.getJob(id));
    return job && heldMessage(job);
  }

  async count(): Promise<number> {
    const counts = await this.connection.run(() => this.connection.held.getJobCounts('waiting'));
    return counts.waiting ?? 0;
  }

  /** Requeues a message to be sent again. Returns false if it is not held any more. */
  async resend(id: string): Promise<boolean> {
    const { held } = this.connection;
    const first = await this.connection.run(() => held.getJob(id));
    for (let current = first; current && current.timestamp === first?.timestamp; ) {
      if (await this.requeue(id, current.data)) return true;
      // Another call requeues it, or the worker that holds it has not completed its job: both take a moment.
      await delay(RECHECK_MS);
      current = await this.connection.run(() => held.getJob(id));
    }
    return false;
  }

  /** Deletes a message. Returns false if it is not held any more. */
  async discard(id: string): Promise<boolean> {
    const job = await this.connection.run(() => this.connection.held.getJob(id).catch(undefinedIfDamaged));
    // Listeners in other processes see a removal without its reason, so the reason is written before.
    if (job) await this.connection.run(() => job.updateProgress(DISCARDED).catch(() => undefined));
    return this.removeHeld(id);
  }

  /** Removes a message. Returns whether it was held: of concurrent calls one returns true. */
  removeHeld(id: string): Promise<boolean> {
    return this.connection.removeHeld(id);
  }

  /** Records that a provider accepted a message. Returns false if the queue does not have it or knew its outcome. */
  async confirmSent(accepted: Omit<SentMessage, 'attempts' | 'to'>): Promise<boolean> {
    const { messages, held } = this.connection;
    const { id, account } = accepted;
    // Other applications may give the provider IDs of their own.
    if (!isMessageId(id)) return false;
    const heldJob = await this.connection.run(() => held.getJob(id));
    const job = heldJob ?? (await this.connection.run(() => messages.getJob(id)));
    if (!job || job.finishedOn !== undefined || !job.data.accounts?.includes(account)) return false;
    await this.resolve(id, job.data, {
      ...accepted,
      to: job.data.message.to,
      attempts: heldJob?.data.attempts ?? job.attemptsMade + 1,
    });
    return true;
  }

  /**
   * Records the outcome of a message that a worker had lost or a webhook confirmed.
   *
   * @param ending Ends the wait for other workers when this process closes.
   * @throws QueueUnavailableError
   */
  async resolve(id: string, data: QueuedJob, sent: SentMessage, ending?: AbortSignal): Promise<void> {
    for (let attempt = 0; attempt < RESOLVE_ATTEMPTS; attempt += 1) {
      if (await this.resolveNow(id, data, sent)) return;
      if (!(await delay(RETRY_MS, ending))) return;
    }
  }

  /** Returns false if the message is already in the queue. */
  private async requeue(id: string, { error: _error, attempts: _attempts, ...data }: HeldJob): Promise<boolean> {
    const { messages } = this.connection;
    const release = randomUUID();
    const options = { ...jobOptions(id, this.settings), delay: RELEASE_MS };
    await this.connection.run(() => messages.add(RELEASED, { ...data, release }, options));
    const job = await this.connection.run(() => messages.getJob(id));
    // A message that another call requeued may be held again, and must not be removed.
    if (job?.data.release !== release) return false;
    if (await this.removeHeld(id)) {
      await this.connection.run(() => job.promote());
      return true;
    }
    // It was discarded at the same time, unless a worker has fetched it and removed it from the held messages.
    return !(await this.connection.removeWaiting(id));
  }

  /** Returns false if a worker has the job and may not have read the outcome, so that it has to be checked again. */
  private async resolveNow(id: string, { release: _, ...data }: QueuedJob, sent: SentMessage): Promise<boolean> {
    const { messages } = this.connection;
    const current = await this.connection.run(() => messages.getJob(id));
    if (current && current.finishedOn === undefined) {
      await this.connection.run(() => current.updateProgress({ sent }).catch(unlessLost));
      return false;
    }
    if (!current) {
      // A held message has no job in work. The next worker only completes this one.
      const settled = { ...data, settled: sent };
      await this.connection.run(() => messages.add('settled', settled, jobOptions(id, this.settings)));
    }
    if (!current || current.returnvalue) await this.removeHeld(id);
    return true;
  }
}

/** BullMQ parses a job's JSON when it reads the job. */
function undefinedIfDamaged(error: unknown): undefined {
  if (!(error instanceof SyntaxError)) throw error;
}

/** The job may have ended or moved to held since it was read. */
function unlessLost(error: unknown): void {
  if (!isLostJob(error)) throw error;
}
