import { Injectable } from '@nestjs/common';
import type { MessageJob } from './engines/queue-engine.js';
import { JOB_VERSION } from './job-version.js';
import { MessagingCore } from './messaging-core.js';

const LOG_INTERVAL_MS = 60_000;

/** Logs once a minute that messages of newer versions of this package are left to other workers. */
@Injectable()
export class NewerJobs {
  private loggedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly core: MessagingCore) {}

  report({ data: { version } }: MessageJob): void {
    if (performance.now() - this.loggedAt < LOG_INTERVAL_MS) return;
    this.loggedAt = performance.now();
    const found = typeof version === 'number' ? String(version) : 'unknown';
    this.core.logger.warn(
      `The queue has messages of version ${found}, and this process supports version ${JOB_VERSION}. ` +
        'Other workers have to send them. Update nestjs-button-messaging in this process.',
    );
  }
}
