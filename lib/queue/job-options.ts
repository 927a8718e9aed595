import type { Job, JobsOptions } from 'bullmq';
import type { QueueSettings } from './queue-settings.js';

/** What all messages' jobs have in common. They travel with each job to the engine and back, so they are few. */
export function jobOptions(id: string, { attempts }: QueueSettings): JobsOptions {
  return { jobId: id, attempts };
}

/** Lets a job that is about to fail wait as long as its error says, and keep no stack. */
export function configureBackoff(job: Pick<Job, 'opts'>): void {
  job.opts.backoff = { type: 'custom' };
  job.opts.stackTraceLimit = 0;
}
