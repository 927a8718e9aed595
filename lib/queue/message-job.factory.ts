import { createHash, randomUUID } from 'node:crypto';
import { configure } from 'safe-stable-stringify';
import type { Account } from '../config/accounts/account.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import { compositeKey } from '../message/composite-key.js';
import type { FairOrder } from './fair-order.js';
import { JOB_VERSION } from './job-version.js';
import type { TraceCarrier } from './queue-telemetry.js';
import type { EnqueueOptions, QueuedJob } from './queued-message.interface.js';

// A key is made before the message is checked, and no message that is in order has as many levels or fields.
const stringify = configure({ maximumDepth: 16, maximumBreadth: 1_000 });

/** A message on its way into the queue. */
export interface NewMessageJob {
  id: string;
  data: QueuedJob;
  delay?: number;
  priority: number;
}

/** The job of a checked message. Its account is decided here, and stays. */
export function createMessageJob(
  message: ButtonMessage,
  given: EnqueueOptions,
  accounts: readonly Account[],
  order: FairOrder,
  trace: TraceCarrier,
): NewMessageJob {
  const { sendAt, priority: wish, idempotencyKey: key, deadlineMs, group, ...ofSend } = given;
  const first = accounts[0]?.name ?? '';
  const options = given.via === undefined ? { ...ofSend, account: first } : ofSend;
  const { mixed, fallback } = options;
  const now = Date.now();
  const startsAt = Math.max(now, sendAt?.getTime() ?? now);
  const data: QueuedJob = {
    version: JOB_VERSION,
    message,
    options,
    accounts: accounts.map(({ name }) => name),
    enqueuedAt: now,
    ...(deadlineMs !== undefined && { deadlineAt: startsAt + Math.ceil(deadlineMs) }),
    ...(group !== undefined && { group }),
    ...(key !== undefined && {
      once: deduplicationOf({ scope: scopeOf(given.via, accounts), message, mixed, fallback }),
    }),
    ...(Object.keys(trace).length > 0 && { trace }),
  };
  return {
    id: key === undefined ? randomUUID() : idOfKey(key, given.via, accounts),
    data,
    ...(startsAt > now && { delay: startsAt - now }),
    priority: order.priorityOf(first, wish),
  };
}

/** The same UUID for the same key of the same accounts. */
export function idOfKey(key: string, via: EnqueueOptions['via'], accounts: readonly Account[]): string {
  const bytes = hash(compositeKey(...scopeOf(via, accounts), key)).subarray(0, 16);
  // Version 8, of one's own making, in RFC 9562's variant.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The accounts that were asked for. Their names may hold any character. */
function scopeOf(via: EnqueueOptions['via'], accounts: readonly Account[]): readonly string[] {
  return via ?? accounts.slice(0, 1).map(({ name }) => name);
}

/** A key of a message of its own, under the key of its group: the same wherever the message stands among the others. */
export function keyInGroup(key: string, message: unknown): string {
  return `${key} ${hash(stringify(message) ?? '').toString('base64url')}`;
}

function deduplicationOf(content: object) {
  return { fingerprint: hash(stringify(content) ?? '').toString('base64'), call: randomUUID() };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
