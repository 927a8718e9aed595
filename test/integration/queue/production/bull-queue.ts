import { createPostgresBackend, isPgPool, Queue, withBackend } from 'bullmq';
import { Pool } from 'pg';
import type { EngineName } from '../../../support/queue/engines.js';
import { POSTGRES_URL, REDIS_URL } from '../stores/services.js';

/** Opens the queue with BullMQ, as its tools do. */
export class BullQueue {
  private constructor(
    private readonly queue: Pick<Queue, 'getJob' | 'close'>,
    private readonly end: () => Promise<void>,
  ) {}

  static open(engine: EngineName, name: string): BullQueue {
    if (engine === 'redis') return new BullQueue(new Queue(name, { connection: { url: REDIS_URL } }), async () => {});
    const pool = new Pool({ connectionString: POSTGRES_URL, options: '-c search_path=bullmq,public' });
    const connection: unknown = pool;
    if (!isPgPool(connection)) throw new Error('BullMQ does not take the pool for one of node-postgres');
    const queue: unknown = new (withBackend(createPostgresBackend).Queue)(name, { connection });
    return new BullQueue(queue as Queue, () => pool.end());
  }

  async change(id: string, change: (data: Record<string, unknown>) => Record<string, unknown>): Promise<void> {
    const job = await this.job(id);
    await job.updateData(change(job.data));
  }

  async dataOf(id: string): Promise<unknown> {
    return (await this.job(id)).data;
  }

  async stateOf(id: string): Promise<string> {
    return (await this.job(id)).getState();
  }

  async close(): Promise<void> {
    await this.queue.close();
    await this.end();
  }

  private async job(id: string) {
    const job = await this.queue.getJob(id);
    if (!job) throw new Error(`There is no job ${id}`);
    return job;
  }
}
