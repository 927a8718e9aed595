import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { isFailureCategory } from '../errors/failure-category.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { isRecord } from '../validation/is-record.js';
import type { MessageError, QueuedMessage, QueuedMessageState } from './queued-message.interface.js';
import { isSent, withDates } from './stores/sent-message.codec.js';

/** BullMQ's states in ours; those of a job that it does not know are missing. */
const STATES: Readonly<Record<string, QueuedMessageState>> = {
  waiting: 'waiting',
  prioritized: 'waiting',
  delayed: 'delayed',
  active: 'active',
  completed: 'sent',
  failed: 'failed',
};

/** What is read of a job. Another version of this package may have written it: nothing in its data is certain. */
export interface StoredJob {
  id?: string | undefined;
  /** Undefined if it cannot be read. */
  data: unknown;
  returnvalue?: unknown;
  failedReason?: string | undefined;
  progress?: unknown;
  attemptsMade: number;
  /** When it was added, in milliseconds. */
  timestamp: number;
}

/** A message as it stands in the queue. */
export function queuedMessage(job: StoredJob, bullState: string): QueuedMessage | undefined {
  const state = STATES[bullState];
  return state && messageIn(state, job);
}

/** A message that was found in this state. */
export function messageIn(state: QueuedMessageState, job: StoredJob): QueuedMessage {
  if (state === 'held') return heldMessage(job);
  const sent = state === 'sent' ? sentOf(job) : undefined;
  const error = job.failedReason ? errorOf(job.failedReason) : triedIn(job.progress);
  return {
    ...commonOf(job),
    // It was put aside, and not yet taken out.
    state: state === 'sent' && !sent ? 'held' : state,
    attempts: job.attemptsMade,
    ...(sent && { sent }),
    ...(error && !sent && { error }),
  };
}

/** The same; undefined if the entry is damaged. */
export function readMessage(state: QueuedMessageState, job: StoredJob): QueuedMessage | undefined {
  if (job.data === undefined) return undefined;
  try {
    return messageIn(state, job);
  } catch {
    return undefined;
  }
}

/** A held message. */
export function heldMessage(job: StoredJob): QueuedMessage {
  const { error, attempts } = fieldsOf(job);
  return {
    ...commonOf(job),
    state: 'held',
    ...(isMessageError(error) && { error }),
    attempts: typeof attempts === 'number' ? attempts : job.attemptsMade,
  };
}

/** The message that was sent, as the provider accepted it. */
export function sentOf({ returnvalue }: { returnvalue?: unknown }): SentMessage | undefined {
  if (!isRecord(returnvalue) || !isSent(returnvalue.sent)) return undefined;
  return withDates(returnvalue.sent);
}

/** What is kept of an error. */
export function messageErrorOf({ code, message, category }: ButtonMessagingError): MessageError {
  return { code, message: storable(message), category };
}

/** An error as BullMQ keeps it, which is a text. */
export function failedReasonOf({ code, message, category }: ButtonMessagingError): string {
  return `${code}: ${storable(message)} [${category}]`;
}

/** The error in such a text; older ones have no category. */
export function errorOf(failedReason: string): MessageError {
  const [, code = 'unexpected', message = failedReason, category] =
    /^([a-z-]+): (.*?)(?: \[([a-z-]+)\])?$/s.exec(failedReason) ?? [];
  return { code, message, ...(isFailureCategory(category) && { category }) };
}

/** PostgreSQL takes no half characters and no NUL, which the words of a provider may have: it would never be written. */
function storable(text: string): string {
  return text.replace(/\p{Surrogate}|\0/gu, '\uFFFD');
}

/** What went wrong with a message that waits to be tried again. */
function triedIn(progress: unknown): MessageError | undefined {
  const tried = isRecord(progress) ? progress.tried : undefined;
  if (!isRecord(tried) || typeof tried.code !== 'string' || typeof tried.message !== 'string') return undefined;
  const { code, message, category } = tried;
  return { code, message, ...(isFailureCategory(category) && { category }) };
}

function commonOf(job: StoredJob) {
  const { message, options, group, enqueuedAt } = fieldsOf(job);
  const account = isRecord(options) ? options.account : undefined;
  return {
    id: job.id ?? '',
    message: isMessage(message) ? message : { to: '', text: '', buttons: [] },
    account: typeof account === 'string' ? account : undefined,
    ...(typeof group === 'string' && { group }),
    enqueuedAt: new Date(typeof enqueuedAt === 'number' ? enqueuedAt : job.timestamp),
  };
}

function fieldsOf({ data }: StoredJob): Record<string, unknown> {
  return isRecord(data) ? data : {};
}

function isMessage(value: unknown): value is ButtonMessage {
  if (!isRecord(value)) return false;
  const { to } = value;
  return typeof to === 'string' || (isRecord(to) && Object.values(to).every((part) => typeof part === 'string'));
}

function isMessageError(value: unknown): value is MessageError {
  return isRecord(value) && typeof value.code === 'string' && typeof value.message === 'string';
}
