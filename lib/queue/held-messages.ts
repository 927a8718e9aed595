import { randomUUID } from 'node:crypto';
import { delay } from '../async/delay.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { MessageJob } from './engines/queue-engine.js';
import { isLostJob } from './engines/retry-until-written.js';
import { jobOptions } from './job-options.js';
import { isMessageId } from './message-id.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueSettings } from './queue-settings.js';
import type { HeldJob, MessageError, QueuedJob, QueuedMessage } from './queued-message.interface.js';
import { heldMessage } from './queued-message.mapper.js';

/** The name of a job that came back to be sent. */
export const RELEASED = 'released';
/** The progress of a held job that is about to be forgotten. */
export const DISCARDED = 'discarded';

/** What comes back waits so long, should its release break off halfway. */
const RELEASE_MS = 30_000;
const RETRY_MS = 500;
const LEAVING_MS = 20;
const SETTLE_ATTEMPTS = 20;

/** The messages of which nobody knows whether they went out. They wait in a queue of their own that no worker reads. */
export class HeldMessages {
  constructor(
    private readonly connection: QueueConnection,
    private readonly settings: QueueSettings,
  ) {}

  /** Puts a message aside. Tries until it is; false where the signal ends that. */
  async hold(job: MessageJob, error: MessageError, signal: AbortSignal): Promise<boolean> {
    const id = job.id ?? '';
    const { release: _, ...data } = job.data;
    const held = { ...data, error, attempts: job.attemptsMade + 1 };
    const add = () => this.connection.held.add('held', held, { jobId: id });
    // At least once, also where everything is being closed.
    for (;;) {
      if (
        await this.connection.run(add).then(
          () => true,
          () => false,
        )
      )
        return true;
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

  /** Brings a message back to be sent; false where it is not held any more. */
  async resend(id: string): Promise<boolean> {
    const { held } = this.connection;
    const kept = await this.connection.run(() => held.getJob(id));
    for (let current = kept; current && current.timestamp === kept?.timestamp; ) {
      if (await this.requeue(id, current.data)) return true;
      // Another call is bringing it back, or whoever put it aside has not yet left it: both are over in a moment.
      await delay(LEAVING_MS);
      current = await this.connection.run(() => held.getJob(id));
    }
    return false;
  }

  /** Forgets a message; false where it is not held any more. */
  async discard(id: string): Promise<boolean> {
    const job = await this.connection.run(() => this.connection.held.getJob(id).catch(undefinedIfDamaged));
    // Tells who listens in other processes; of a removal alone they could not tell why.
    if (job) await this.connection.run(() => job.updateProgress(DISCARDED).catch(() => undefined));
    return this.removeHeld(id);
  }

  /** False where the message is in the queue already. */
  private async requeue(id: string, { error: _error, attempts: _attempts, ...data }: HeldJob): Promise<boolean> {
    const { messages } = this.connection;
    const release = randomUUID();
    const options = { ...jobOptions(id, this.settings), delay: RELEASE_MS };
    await this.connection.run(() => messages.add(RELEASED, { ...data, release }, options));
    const job = await this.connection.run(() => messages.getJob(id));
    // What another call brought back may be held again by now, and must not be taken out.
    if (job?.data.release !== release) return false;
    if (await this.removeHeld(id)) {
      await this.connection.run(() => job.promote());
      return true;
    }
    // It was discarded at the same moment, unless a worker has taken it up, and out of these.
    return !(await this.connection.run(() => this.connection.engine.removeWaitingJob(this.settings.name, id)));
  }

  /** Takes a message out, and says whether it was there: of several calls at the same moment one does. */
  removeHeld(id: string): Promise<boolean> {
    return this.connection.run(() => this.connection.engine.removeWaitingJob(`${this.settings.name}-held`, id));
  }

  /** A provider says that it has accepted a message; false where the queue has none such, or knew it. */
  async confirmSent(accepted: Omit<SentMessage, 'attempts' | 'to'>): Promise<boolean> {
    const { messages, held } = this.connection;
    const { id, account } = accepted;
    // Others may have given the provider ids of their own.
    if (!isMessageId(id)) return false;
    const kept = await this.connection.run(() => held.getJob(id));
    const job = kept ?? (await this.connection.run(() => messages.getJob(id)));
    if (!job || job.finishedOn !== undefined || !job.data.accounts?.includes(account)) return false;
    await this.resolve(id, job.data, {
      ...accepted,
      to: job.data.message.to,
      attempts: kept?.data.attempts ?? job.attemptsMade + 1,
    });
    return true;
  }

  /**
   * The outcome of a message became known elsewhere: to a worker that had lost it, or by a webhook.
   *
   * @param ending Nobody here takes up messages any more: what is written is not waited for.
   * @throws QueueUnavailableError where it is not written.
   */
  async resolve(id: string, given: QueuedJob, sent: SentMessage, ending?: AbortSignal): Promise<void> {
    for (let attempt = 0; attempt < SETTLE_ATTEMPTS; attempt += 1) {
      if (await this.resolveNow(id, given, sent)) return;
      if (!(await delay(RETRY_MS, ending))) return;
    }
  }

  /** False where whoever has the message now may not have seen it: then the next look finds the message elsewhere. */
  private async resolveNow(id: string, { release: _, ...data }: QueuedJob, sent: SentMessage): Promise<boolean> {
    const { messages } = this.connection;
    const current = await this.connection.run(() => messages.getJob(id));
    if (current?.finishedOn === undefined && current) {
      await this.connection.run(() => current.updateProgress({ sent }).catch(unlessLost));
      return false;
    }
    if (!current) {
      // It is held: nobody has it in work. The next worker only writes down what is known.
      const settled = { ...data, settled: sent };
      await this.connection.run(() => messages.add('settled', settled, jobOptions(id, this.settings)));
    }
    if (!current || current.returnvalue) await this.removeHeld(id);
    return true;
  }
}

/** BullMQ reads a job's JSON as it gets it. */
function undefinedIfDamaged(error: unknown): undefined {
  if (!(error instanceof SyntaxError)) throw error;
}

/** It has ended, or was put aside, in the meantime. */
function unlessLost(error: unknown): void {
  if (!isLostJob(error)) throw error;
}
