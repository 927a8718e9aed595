import type { QueuedMessageState } from '../queued-message.interface.js';
import type { Database } from './bullmq-internals/postgres.js';
import { listJobs, positionOf } from './bullmq-internals/postgres-listings.js';
import type { MessagePage, MessagePages, PagePlace, PageRequest } from './message-pages.js';

/** Lists the messages of a queue on PostgreSQL. */
export class PostgresMessagePages implements MessagePages {
  readonly #database: Database;
  constructor(
    database: Database,
    private readonly name: string,
  ) {
    this.#database = database;
  }

  async page({ state, limit, after }: PageRequest): Promise<MessagePage> {
    const listed = await listJobs(this.#database, this.queueOf(state), state, { limit, after: after?.order });
    const last = listed.at(-1);
    return {
      jobs: listed.map(({ job }) => job),
      end: last && { ids: [String(last.job.id)], order: last.position },
    };
  }

  async placeOf(state: QueuedMessageState, id: string): Promise<PagePlace | undefined> {
    const order = await positionOf(this.#database, this.queueOf(state), state, id);
    return order && { ids: [id], order };
  }

  private queueOf(state: QueuedMessageState): string {
    return state === 'held' ? `${this.name}-held` : this.name;
  }
}
