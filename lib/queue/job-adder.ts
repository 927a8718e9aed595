import { Injectable } from '@nestjs/common';
import { InvalidMessageError } from '../errors/message.errors.js';
import { isRecord } from '../validation/is-record.js';
import { createBatcher } from './batcher.js';
import { QueueConnection } from './queue-connection.js';

export type NewJob = Parameters<QueueConnection['messages']['addBulk']>[0][number];

/** Adds concurrent jobs in batches. If the server rejects a batch, it adds the jobs one by one. */
@Injectable()
export class JobAdder {
  readonly add: (job: NewJob) => Promise<unknown>;

  constructor(private readonly connection: QueueConnection) {
    const { most } = connection.engine.bulk;
    this.add = createBatcher((jobs: readonly NewJob[]) => this.addAll(jobs), { most });
  }

  private async addAll(jobs: readonly NewJob[]): Promise<unknown[]> {
    const { engine, messages } = this.connection;
    if (jobs.length < engine.bulk.least) return settleEach(jobs, (job) => this.addOne(job));
    let isRejected = false;
    const addTogether = () =>
      messages.addBulk([...jobs]).catch((error: unknown) => {
        isRejected = engine.rejectionOf(error) !== undefined;
        throw error;
      });
    try {
      return await this.connection.run(addTogether);
    } catch (error) {
      if (!isRejected) throw error;
      return settleEach(jobs, (job) => this.addMissing(job));
    }
  }

  private addOne({ name, data, opts }: NewJob): Promise<unknown> {
    return this.connection.run(() => this.connection.messages.add(name, data, opts).catch(throwRejectedData));
  }

  /** On Redis the other jobs of a batch were added. A worker may already have moved them to held. */
  private async addMissing(job: NewJob): Promise<unknown> {
    const { messages, held } = this.connection;
    const id = job.opts?.jobId ?? '';
    const found = await this.connection.runAfterAccept(async () => (await messages.getJob(id)) ?? held.getJob(id));
    return found ?? this.addOne(job);
  }
}

/** Returns the `Error` of a job that fails among the results, so that it does not affect the others. */
function settleEach(jobs: readonly NewJob[], work: (job: NewJob) => Promise<unknown>): Promise<unknown[]> {
  return Promise.all(jobs.map((job) => work(job).catch((error: unknown) => error)));
}

/**
 * The classes of PostgreSQL's data exceptions, constraint violations and exceeded limits.
 *
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const DATA_ERROR = /^(?:22|23|54)[0-9A-Z]{3}$/;

/** @throws InvalidMessageError if the data is invalid, because the same message would be rejected again */
function throwRejectedData(error: unknown): never {
  const state = isRecord(error) ? error.code : undefined;
  if (typeof state !== 'string' || !DATA_ERROR.test(state)) throw error;
  const message = `the message cannot be stored: PostgreSQL rejects its data (SQLSTATE ${state})`;
  throw new InvalidMessageError([{ path: '', rule: 'isStorable', message }]);
}
