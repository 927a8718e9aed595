import { createHash, randomUUID } from 'node:crypto';
import type { Job, JobsOptions } from 'bullmq';
import { configure } from 'safe-stable-stringify';
import type { Account } from '../config/accounts/account.js';
import { compositeKey } from '../message/composite-key.js';
import type { Message } from '../message/message.interface.js';
import type { FairOrder } from './fair-order.js';
import { jobVersionOf } from './job-version.js';
import type { QueueSettings } from './queue-settings.js';
import type { TraceCarrier } from './queue-telemetry.js';
import type { EnqueueOptions, QueuedJob } from './queued-message.interface.js';

// The key is computed before the message is validated. No valid message has as many levels or fields.
const stringify = configure({ maximumDepth: 16, maximumBreadth: 1_000 });

/** A message to be added to the queue. */
export interface NewMessageJob {
  id: string;
  data: QueuedJob;
  delay?: number;
  priority: number;
}

/** Creates the job of a validated message. Its accounts are chosen now and do not change. */
export function createMessageJob(
  message: Message,
  given: EnqueueOptions,
  accounts: readonly Account[],
  order: FairOrder,
  trace: TraceCarrier,
): NewMessageJob {
  const { sendAt, priority, idempotencyKey: key, deadlineMs, group, ...sendOptions } = given;
  const first = accounts[0]?.name ?? '';
  const options = given.via === undefined ? { ...sendOptions, account: first } : sendOptions;
  const { mixed, fallback, inReplyTo, windowClosed } = options;
  const form = { mixed, fallback, inReplyTo, windowClosed };
  const now = Date.now();
  const startsAt = Math.max(now, sendAt?.getTime() ?? now);
  const data: QueuedJob = {
    version: jobVersionOf(message, options),
    message,
    options,
    accounts: accounts.map(({ name }) => name),
    enqueuedAt: now,
    ...(deadlineMs !== undefined && { deadlineAt: startsAt + Math.ceil(deadlineMs) }),
    ...(group !== undefined && { group }),
    ...(key !== undefined && {
      once: deduplicationOf({ scope: scopeOf(given.via, accounts), message, ...form }),
    }),
    ...(Object.keys(trace).length > 0 && { trace }),
  };
  return {
    id: key === undefined ? randomUUID() : idOfKey(key, given.via, accounts),
    data,
    ...(startsAt > now && { delay: startsAt - now }),
    priority: order.priorityOf(first, priority),
  };
}

/** Returns the options of every message's job. They are sent to the engine and back with each job, so they are few. */
export function jobOptions(id: string, { attempts }: QueueSettings): JobsOptions {
  return { jobId: id, attempts };
}

/** Lets a job that is about to fail wait as long as its error requires, without storing a stack trace. */
export function configureBackoff(job: Pick<Job, 'opts'>): void {
  job.opts.backoff = { type: 'custom' };
  job.opts.stackTraceLimit = 0;
}

/** Returns the UUID that belongs to a key of these accounts. */
export function idOfKey(key: string, via: EnqueueOptions['via'], accounts: readonly Account[]): string {
  const bytes = hash(compositeKey(...scopeOf(via, accounts), key)).subarray(0, 16);
  // Version 8 (custom) in the variant of RFC 9562.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Returns the names of the requested accounts, which may contain any character. */
function scopeOf(via: EnqueueOptions['via'], accounts: readonly Account[]): readonly string[] {
  return via ?? accounts.slice(0, 1).map(({ name }) => name);
}

/** Returns the key of one message under the common key of many. It does not depend on the message's position. */
export function keyInGroup(key: string, message: unknown): string {
  return `${key} ${hash(stringify(message) ?? '').toString('base64url')}`;
}

function deduplicationOf(content: object) {
  return { fingerprint: hash(stringify(content) ?? '').toString('base64'), call: randomUUID() };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
