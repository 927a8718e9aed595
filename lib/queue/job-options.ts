import type { JobsOptions } from 'bullmq';
import type { QueueSettings } from './queue-settings.js';

/** What all messages' jobs have in common. */
export function jobOptions(id: string, { attempts }: QueueSettings): JobsOptions {
  return { jobId: id, attempts, backoff: { type: 'custom' }, stackTraceLimit: 0 };
}
