import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { PostponedError } from './engines/postponed.error.js';
import type { MessageJob } from './engines/queue-engine.js';
import { JOB_VERSION } from './job-version.js';

const RETURN_DELAY_MS = 30_000;
const LOG_INTERVAL_MS = 60_000;

/** Leaves the messages of newer versions to the workers that know them. */
export class NewerJobs {
  private saidAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly logger: Pick<MessagingLogger, 'warn'>) {}

  /** Puts a message back, to be taken up by another worker or by this one after its update. */
  leave(job: MessageJob): never {
    this.say(job.data.version);
    throw new PostponedError(Date.now() + RETURN_DELAY_MS);
  }

  private say(version: unknown): void {
    if (performance.now() - this.saidAt < LOG_INTERVAL_MS) return;
    this.saidAt = performance.now();
    this.logger.warn(
      `The queue has messages of version ${wordOf(version)}, and this process knows version ${JOB_VERSION}: ` +
        'it leaves them to others. Update nestjs-button-messaging here.',
    );
  }
}

function wordOf(version: unknown): string {
  return typeof version === 'number' ? String(version) : 'unknown';
}
