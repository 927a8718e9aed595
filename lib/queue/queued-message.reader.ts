import type { SentMessage } from '../message/sent-message.interface.js';
import { isRecord } from '../validation/is-record.js';
import type {
  HeldJob,
  MessageError,
  QueuedJob,
  QueuedMessage,
  QueuedMessageState,
} from './queued-message.interface.js';
import { isSent, withDates } from './sent-message.reader.js';

/** BullMQ's states in ours; those of a job that it does not know are missing. */
const STATES: Readonly<Record<string, QueuedMessageState>> = {
  waiting: 'waiting',
  prioritized: 'waiting',
  delayed: 'delayed',
  active: 'active',
  completed: 'sent',
  failed: 'failed',
};

/** What is read of a job. */
interface StoredJob {
  id?: string | undefined;
  data: QueuedJob;
  returnvalue?: unknown;
  failedReason?: string | undefined;
  attemptsMade: number;
}

/** A message as it stands in the queue. */
export function queuedMessage(job: StoredJob, bullState: string): QueuedMessage | undefined {
  const state = STATES[bullState];
  if (state === undefined) return undefined;
  const sent = state === 'sent' ? sentOf(job) : undefined;
  const { failedReason } = job;
  return {
    ...commonOf(job.id, job.data),
    // It was put aside, and not yet taken out.
    state: state === 'sent' && !sent ? 'held' : state,
    attempts: job.attemptsMade,
    ...(sent && { sent }),
    ...(failedReason && !sent && { error: errorOf(failedReason) }),
  };
}

/** A held message. */
export function heldMessage({ id, data }: { id?: string | undefined; data: HeldJob }): QueuedMessage {
  return { ...commonOf(id, data), state: 'held', error: data.error, attempts: data.attempts };
}

/** The message that was sent, as the provider accepted it. */
export function sentOf({ returnvalue }: { returnvalue?: unknown }): SentMessage | undefined {
  if (!isRecord(returnvalue) || !isSent(returnvalue.sent)) return undefined;
  return withDates(returnvalue.sent);
}

/** An error as BullMQ keeps it: `code: words`. */
export function errorOf(failedReason: string): MessageError {
  const [, code = 'unexpected', message = failedReason] = /^([a-z-]+): (.*)$/s.exec(failedReason) ?? [];
  return { code, message };
}

function commonOf(id = '', { message, options, enqueuedAt }: QueuedJob) {
  return { id, message, account: options.account, enqueuedAt: new Date(enqueuedAt) };
}
