import { inspect, isDeepStrictEqual } from 'node:util';
import type { Job, JobsOptions } from 'bullmq';
import { bullmqVersion } from '../../../lib/queue/engines/bullmq-internals/check-version.js';

/** BullMQ's own queue and worker, whatever their backend. */
interface Bull {
  queue: { add(name: string, data: object, options: JobsOptions): Promise<unknown> };
  worker: { getNextJob(token: string, options: { block: boolean }): Promise<TakenJob | undefined> };
}

type TakenJob = Pick<Job, 'id' | 'moveToCompleted' | 'moveToFailed' | 'updateProgress'>;

export const TOKEN = 'token-of-a-worker';
export const DELAY_MS = 600_000;
export const PRIORITY = 3;
export const RETURNED = { sent: 'value' };
export const REASON = 'reason';
export const PROGRESS = 'far';

/** Makes BullMQ itself bring a job into each state, which the job's id says: `is-completed`, … */
export async function makeJobs({ queue, worker }: Bull): Promise<void> {
  const take = async (id: string) => {
    await queue.add('job', { once: { call: 'call' } }, { jobId: id });
    const job = await worker.getNextJob(TOKEN, { block: false });
    if (job?.id !== id) throw new Error(`BullMQ gives out the job ${job?.id} in place of ${id}`);
    return job;
  };
  await (await take('is-completed')).moveToCompleted(RETURNED, TOKEN, false);
  await (await take('is-failed')).moveToFailed(new Error(REASON), TOKEN, false);
  await (await take('is-active')).updateProgress(PROGRESS);
  await queue.add('job', {}, { jobId: 'is-waiting' });
  await queue.add('job', {}, { jobId: 'is-waiting-behind' });
  await queue.add('job', {}, { jobId: 'is-prioritized', priority: PRIORITY });
  await queue.add('job', {}, { jobId: 'is-delayed', delay: DELAY_MS });
}

/** One sentence for each part of BullMQ's layout that is not what is relied on. */
export function moved(relied: Record<string, unknown>, found: Record<string, unknown>): string[] {
  return Object.entries(relied)
    .filter(([part, value]) => !isDeepStrictEqual(found[part], value))
    .map(([part, value]) => `${part} of BullMQ ${bullmqVersion()} is ${inspect(found[part])}, not ${inspect(value)}`);
}
