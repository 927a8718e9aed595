import { Inject, Injectable } from '@nestjs/common';
import { IdempotencyConflictError } from '../errors/message.errors.js';
import { JobAdder } from './job-adder.js';
import { jobOptions, type NewMessageJob } from './message-job.factory.js';
import { QueueConnection } from './queue-connection.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import type { QueuedJob } from './queued-message.interface.js';

/** Adds messages to the queue, one for each idempotency key. */
@Injectable()
export class MessageAdder {
  constructor(
    private readonly connection: QueueConnection,
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    private readonly jobs: JobAdder,
  ) {}

  /**
   * Adds a message. Returns false if its key has been used before.
   *
   * @throws IdempotencyConflictError if the key was used for another message
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

  private async addOnce(added: NewMessageJob): Promise<boolean> {
    const { connection, settings } = this;
    const { id, data } = added;
    let { stored, hasFailed } = await this.addAndRead(added);
    // The key of a failed message is free again. The second of two callers finds the message of the first.
    if (hasFailed && !isSameCall(stored, data)) {
      const failedCall = stored.once?.call ?? '';
      await connection.run(() => connection.engine.jobs.removeFailed(settings.name, id, failedCall));
      ({ stored } = await this.addAndRead(added));
    }
    if (isSameCall(stored, data)) return true;
    checkIsSameMessage(stored, data);
    return false;
  }

  /** Adds a message, and returns the one stored under its ID: this one, or an earlier one. */
  private async addAndRead(added: NewMessageJob): Promise<{ stored: QueuedJob; hasFailed: boolean }> {
    const { connection, settings } = this;
    const { id, data } = added;
    await this.addJob(added);
    const [job, heldJob] = await connection.runAfterAccept(() =>
      Promise.all([connection.messages.getJob(id), connection.held.getJob(id)]),
    );
    // It may have been moved to held between the two responses.
    const held = heldJob ?? (job ? undefined : await connection.runAfterAccept(() => connection.held.getJob(id)));
    if (held) {
      // The message of that key is held, so the new job is removed. A worker that has fetched it does the same.
      const isDuplicate = job && isSameCall(job.data, data) && !isSameCall(held.data, data);
      if (isDuplicate) await connection.removeWaiting(id);
      return { stored: held.data, hasFailed: false };
    }
    if (job) return { stored: job.data, hasFailed: job.finishedOn !== undefined && !job.returnvalue };
    // The earlier message has been deleted since. With a very short `keepMs` it may be this one, already sent.
    return settings.keepMs > settings.enqueueTimeoutMs ? this.addAndRead(added) : { stored: data, hasFailed: false };
  }
}

function isSameCall(one: QueuedJob, other: QueuedJob): boolean {
  return one.once?.call === other.once?.call;
}

/** @throws IdempotencyConflictError */
function checkIsSameMessage(one: QueuedJob, other: QueuedJob): void {
  if (one.once?.fingerprint === other.once?.fingerprint) return;
  throw new IdempotencyConflictError('The idempotency key was used before with another message');
}
