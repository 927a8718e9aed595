import { IdempotencyConflictError } from '../errors/message.errors.js';
import { JobAdder } from './job-adder.js';
import { jobOptions } from './job-options.js';
import type { NewMessageJob } from './message-job.factory.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueSettings } from './queue-settings.js';
import type { QueuedJob } from './queued-message.interface.js';

/** Adds messages to the queue, and one message for each key. */
export class MessageAdder {
  private readonly jobs: JobAdder;

  constructor(
    private readonly connection: QueueConnection,
    private readonly settings: QueueSettings,
  ) {
    this.jobs = new JobAdder(connection);
  }

  /**
   * Adds a message; false where its key was given before.
   *
   * @throws IdempotencyConflictError where the key stands for another message.
   */
  async add(added: NewMessageJob): Promise<boolean> {
    if (added.data.once) return this.addOnce(added);
    await this.addJob(added);
    return true;
  }

  private addJob({ id, data, delay, priority }: NewMessageJob): Promise<unknown> {
    const options = {
      ...jobOptions(id, this.settings),
      ...(delay !== undefined && { delay }),
      priority,
    };
    return this.jobs.add({ name: 'message', data, opts: options });
  }

  /** False where the key was given before. */
  private async addOnce(added: NewMessageJob): Promise<boolean> {
    const { connection, settings } = this;
    const { id, data } = added;
    let { there, hasFailed } = await this.addAndRead(added);
    // Nothing was sent under a key whose message failed: it is free again. Whoever comes second finds what the first added.
    if (hasFailed && !isSameCall(there, data)) {
      const failed = there.once?.call ?? '';
      await connection.run(() => connection.engine.removeFailed(settings.name, id, failed));
      ({ there } = await this.addAndRead(added));
    }
    return isSameCall(there, data) || refuseOther(there, data);
  }

  /** What there is under the message's id: this one, or what was there before. */
  private async addAndRead(added: NewMessageJob): Promise<{ there: QueuedJob; hasFailed: boolean }> {
    const { connection, settings } = this;
    const { id, data } = added;
    await this.addJob(added);
    const [stored, heldJob] = await connection.runAfterAccept(() =>
      Promise.all([connection.messages.getJob(id), connection.held.getJob(id)]),
    );
    // It may have been put aside between the two answers.
    const held = heldJob ?? (stored ? undefined : await connection.runAfterAccept(() => connection.held.getJob(id)));
    if (held) {
      // It waits beside a held message. A worker that has taken it up leaves it out.
      const isBeside = stored && isSameCall(stored.data, data) && !isSameCall(held.data, data);
      if (isBeside) await connection.run(() => connection.engine.removeWaitingJob(settings.name, id));
      return { there: held.data, hasFailed: false };
    }
    if (stored) return { there: stored.data, hasFailed: stored.finishedOn !== undefined && !stored.returnvalue };
    // What was there before has gone since it was in the way. Only where everything is forgotten so soon may it be this
    // one, which was sent.
    return settings.keepMs > settings.enqueueTimeoutMs ? this.addAndRead(added) : { there: data, hasFailed: false };
  }
}

function isSameCall(one: QueuedJob, other: QueuedJob): boolean {
  return one.once?.call === other.once?.call;
}

/** @throws IdempotencyConflictError where they differ. */
function refuseOther(one: QueuedJob, other: QueuedJob): false {
  if (one.once?.fingerprint === other.once?.fingerprint) return false;
  throw new IdempotencyConflictError('The idempotency key was used before, with other content');
}
