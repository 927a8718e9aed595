import { createHash, randomUUID } from 'node:crypto';
import stringify from 'safe-stable-stringify';
import type { Account } from '../config/account.js';
import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import { checkChoices } from '../message/button-message-options.interface.js';
import { checkSendOptions } from '../message/check-send-options.js';
import type { TraceCarrier } from './queue-telemetry.js';
import { ENQUEUE_OPTIONS, type EnqueueOptions, type QueuedJob } from './queued-message.interface.js';

const LOWEST_PRIORITY = 2_097_152;

/** A message on its way into the queue. */
export interface NewMessage {
  id: string;
  data: QueuedJob;
  delay?: number;
  priority?: number;
}

/** The job of a checked message. */
export function newMessage(
  message: ButtonMessage,
  given: EnqueueOptions,
  accounts: readonly Account[],
  trace: TraceCarrier,
): NewMessage {
  const { sendAt, priority, idempotencyKey: key, deadlineMs, ...options } = given;
  const scope = given.via?.join(' ') ?? accounts[0]?.name ?? '';
  const { mixed, fallback } = options;
  const now = Date.now();
  const startsAt = Math.max(now, sendAt?.getTime() ?? now);
  const data: QueuedJob = {
    message,
    options,
    accounts: accounts.map(({ name }) => name),
    enqueuedAt: now,
    ...(deadlineMs !== undefined && { deadlineAt: startsAt + deadlineMs }),
    ...(key !== undefined && { once: onceOf({ message, mixed, fallback }) }),
    ...(Object.keys(trace).length > 0 && { trace }),
  };
  return {
    id: key === undefined ? randomUUID() : idOf(`${scope} ${key}`),
    data,
    ...(startsAt > now && { delay: startsAt - now }),
    ...(priority !== undefined && { priority }),
  };
}

/** @throws InvalidMessageError with paths as `options.sendAt`. */
export function checkEnqueueOptions(options: EnqueueOptions): void {
  checkSendOptions(options, ENQUEUE_OPTIONS);
  checkChoices(options);
  const { sendAt, priority } = options;
  const issues: Issue[] = [];
  if (sendAt !== undefined && !(sendAt instanceof Date && Number.isFinite(sendAt.getTime()))) {
    issues.push({ path: 'options.sendAt', rule: 'isDate', message: 'options.sendAt must be a valid Date' });
  }
  if (priority !== undefined && !(Number.isInteger(priority) && priority >= 1 && priority <= LOWEST_PRIORITY)) {
    const message = `options.priority must be a whole number from 1 to ${LOWEST_PRIORITY}`;
    issues.push({ path: 'options.priority', rule: 'isPriority', message });
  }
  if (issues.length > 0) throw new InvalidMessageError(issues);
}

/** The same UUID for the same key. */
function idOf(scopedKey: string): string {
  const bytes = hash(scopedKey).subarray(0, 16);
  // Version 8, of one's own making, in RFC 9562's variant.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function onceOf(content: object) {
  return { fingerprint: hash(stringify(content) ?? '').toString('base64'), call: randomUUID() };
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
