import { Injectable } from '@nestjs/common';
import { isButtonMessage, type Message } from '../message/message.interface.js';
import type { MessageJob } from './engines/queue-engine.js';
import { MessagingCore } from './messaging-core.js';
import type { EnqueueOptions } from './queued-message.interface.js';

/** The newest version of a job's data that this version of the package knows. */
export const JOB_VERSION = 2;

/**
 * Returns the version of a message's job. Messages with buttons and without a template for the closed window have the
 * format of version 1, which jobs without a version have, too, so that workers of older versions still send them.
 */
export function jobVersionOf(message: Message, { windowClosed }: Pick<EnqueueOptions, 'windowClosed'>): number {
  return isButtonMessage(message) && !windowClosed ? 1 : JOB_VERSION;
}

/** Returns whether a newer version queued a message, which may have fields that this version does not know. */
export function isNewer({ data }: { data: { version?: unknown } }): boolean {
  const version = data?.version;
  return version !== undefined && !(typeof version === 'number' && version <= JOB_VERSION);
}

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
