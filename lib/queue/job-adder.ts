import { InvalidMessageError } from '../errors/message.errors.js';
import { isRecord } from '../validation/is-record.js';
import { createBatcher } from './batcher.js';
import type { QueueConnection } from './queue-connection.js';

export type NewJob = Parameters<QueueConnection['messages']['addBulk']>[0][number];

/** Adds messages together that come at the same moment, and each for itself where the server refuses one of them. */
export class JobAdder {
  readonly add: (job: NewJob) => Promise<unknown>;

  constructor(private readonly connection: QueueConnection) {
    const { most } = connection.engine.bulk;
    this.add = createBatcher((jobs: readonly NewJob[]) => this.addAll(jobs), { most });
  }

  private async addAll(jobs: readonly NewJob[]): Promise<unknown[]> {
    const { engine, messages } = this.connection;
    if (jobs.length < engine.bulk.least) return eachEnds(jobs, (job) => this.addOne(job));
    let isRefused = false;
    const addTogether = () =>
      messages.addBulk([...jobs]).catch((error: unknown) => {
        isRefused = engine.refusalOf(error) !== undefined;
        throw error;
      });
    try {
      return await this.connection.run(addTogether);
    } catch (error) {
      if (!isRefused) throw error;
      return eachEnds(jobs, (job) => this.addMissing(job));
    }
  }

  private addOne({ name, data, opts }: NewJob): Promise<unknown> {
    return this.connection.run(() => this.connection.messages.add(name, data, opts).catch(throwRefusedData));
  }

  /** On Redis the others of a batch are there, and may have been taken up already: in the queue first, then put aside. */
  private async addMissing(job: NewJob): Promise<unknown> {
    const { messages, held } = this.connection;
    const id = job.opts?.jobId ?? '';
    const found = await this.connection.runAfterAccept(async () => (await messages.getJob(id)) ?? held.getJob(id));
    return found ?? this.addOne(job);
  }
}

/** One that fails harms no other: it is an `Error` among the results. */
function eachEnds(jobs: readonly NewJob[], work: (job: NewJob) => Promise<unknown>): Promise<unknown[]> {
  return Promise.all(jobs.map((job) => work(job).catch((error: unknown) => error)));
}

/** PostgreSQL's classes of errors that speak of the data: their form, their constraints, their size. */
const OF_THE_DATA = /^(?:22|23|54)[0-9A-Z]{3}$/;

/** @throws InvalidMessageError where it is the data: the same message will be refused again, so it is no outage. */
function throwRefusedData(error: unknown): never {
  const state = sqlStateOfData(error);
  if (state === undefined) throw error;
  const message = `the message cannot be stored: PostgreSQL refuses its data (SQLSTATE ${state})`;
  throw new InvalidMessageError([{ path: '', rule: 'isStorable', message }]);
}

function sqlStateOfData(error: unknown): string | undefined {
  const code = isRecord(error) ? error.code : undefined;
  return typeof code === 'string' && OF_THE_DATA.test(code) ? code : undefined;
}
