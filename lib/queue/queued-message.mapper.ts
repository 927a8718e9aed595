import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { isFailureCategory } from '../errors/failure-category.js';
import type { Message } from '../message/message.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { isRecord } from '../validation/is-record.js';
import type { MessageError, QueuedMessage, QueuedMessageState } from './queued-message.interface.js';
import { isSent, withDates } from './stores/sent-message.codec.js';

/** Maps BullMQ's states. Its `unknown` state, of a job that does not exist, is not listed. */
const STATES: Readonly<Record<string, QueuedMessageState>> = {
  waiting: 'waiting',
  prioritized: 'waiting',
  delayed: 'delayed',
  active: 'active',
  completed: 'sent',
  failed: 'failed',
};

/** A job as it is stored. Another version of this package may have written it, so its data is not trusted. */
export interface StoredJob {
  id?: string | undefined;
  /** Undefined if it cannot be read. */
  data: unknown;
  returnvalue?: unknown;
  failedReason?: string | undefined;
  progress?: unknown;
  attemptsMade: number;
  /** When it was added, in milliseconds since 1970. */
  timestamp: number;
}

/** Maps a job to its message. Returns undefined if the job does not exist. */
export function queuedMessage(job: StoredJob, bullState: string): QueuedMessage | undefined {
  const state = STATES[bullState];
  return state && messageIn(state, job);
}

/** Maps a job that was found in this state. */
export function messageIn(state: QueuedMessageState, job: StoredJob): QueuedMessage {
  if (state === 'held') return heldMessage(job);
  const sent = state === 'sent' ? sentOf(job) : undefined;
  const error = job.failedReason ? errorOf(job.failedReason) : triedIn(job.progress);
  return {
    ...commonOf(job),
    // It moved to held, and its job is not removed yet.
    state: state === 'sent' && !sent ? 'held' : state,
    attempts: job.attemptsMade,
    ...(sent && { sent }),
    ...(error && !sent && { error }),
  };
}

/** Does the same. Returns undefined if the job is damaged. */
export function readMessage(state: QueuedMessageState, job: StoredJob): QueuedMessage | undefined {
  if (job.data === undefined) return undefined;
  try {
    return messageIn(state, job);
  } catch {
    return undefined;
  }
}

/** Maps a held job. */
export function heldMessage(job: StoredJob): QueuedMessage {
  const { error, attempts } = fieldsOf(job);
  return {
    ...commonOf(job),
    state: 'held',
    ...(isMessageError(error) && { error }),
    attempts: typeof attempts === 'number' ? attempts : job.attemptsMade,
  };
}

/** Returns the result of a job whose message was sent. */
export function sentOf({ returnvalue }: { returnvalue?: unknown }): SentMessage | undefined {
  if (!isRecord(returnvalue) || !isSent(returnvalue.sent)) return undefined;
  return withDates(returnvalue.sent);
}

/** Returns the stored form of an error. */
export function messageErrorOf({ code, message, category }: ButtonMessagingError): MessageError {
  return { code, message: storable(message), category };
}

/** Returns an error as text, because BullMQ stores a text. */
export function failedReasonOf({ code, message, category }: ButtonMessagingError): string {
  return `${code}: ${storable(message)} [${category}]`;
}

/** Parses that text. Older ones have no category. */
export function errorOf(failedReason: string): MessageError {
  const [, code = 'unexpected', message = failedReason, category] =
    /^([a-z-]+): (.*?)(?: \[([a-z-]+)\])?$/s.exec(failedReason) ?? [];
  return { code, message, ...(isFailureCategory(category) && { category }) };
}

/** Replaces lone surrogates and NUL, which PostgreSQL rejects and a provider's text may contain. */
function storable(text: string): string {
  return text.replace(/\p{Surrogate}|\0/gu, '\uFFFD');
}

/** Returns the result that was recorded in a job's progress. */
export function recordedSentOf(progress: unknown): SentMessage | undefined {
  return isRecord(progress) && isSent(progress.sent) ? withDates(progress.sent) : undefined;
}

/** Returns the last error of a message that waits for its next attempt. */
function triedIn(progress: unknown): MessageError | undefined {
  const tried = isRecord(progress) ? progress.tried : undefined;
  if (!isMessageError(tried)) return undefined;
  const { code, message, category } = tried;
  return { code, message, ...(isFailureCategory(category) && { category }) };
}

function commonOf(job: StoredJob) {
  const { message, options, group, enqueuedAt } = fieldsOf(job);
  const account = isRecord(options) ? options.account : undefined;
  return {
    id: job.id ?? '',
    message: isMessage(message) ? message : { to: '', text: '' },
    account: typeof account === 'string' ? account : undefined,
    ...(typeof group === 'string' && { group }),
    enqueuedAt: new Date(typeof enqueuedAt === 'number' ? enqueuedAt : job.timestamp),
  };
}

function fieldsOf({ data }: StoredJob): Record<string, unknown> {
  return isRecord(data) ? data : {};
}

function isMessage(value: unknown): value is Message {
  if (!isRecord(value)) return false;
  const { to } = value;
  return typeof to === 'string' || (isRecord(to) && Object.values(to).every((part) => typeof part === 'string'));
}

function isMessageError(value: unknown): value is MessageError {
  return isRecord(value) && typeof value.code === 'string' && typeof value.message === 'string';
}
