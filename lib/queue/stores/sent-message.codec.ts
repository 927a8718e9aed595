import type { SentMessage } from '../../message/sent-message.interface.js';
import { isRecord } from '../../validation/is-record.js';

/** Whether a value that comes from JSON was a sent message. Its dates are texts, or milliseconds. */
export function isSent(value: unknown): value is SentMessage {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.provider === 'string' &&
    typeof value.attempts === 'number'
  );
}

/** The message with milliseconds in place of its dates, for JSON. */
export function withoutDates(sent: SentMessage): object {
  const { parts } = sent;
  return { ...sent, acceptedAt: sent.acceptedAt.getTime(), ...(parts && { parts: parts.map(withoutDates) }) };
}

/** JSON keeps no dates: the message with them. */
export function withDates(sent: SentMessage): SentMessage {
  const { parts } = sent;
  return { ...sent, acceptedAt: new Date(sent.acceptedAt), ...(parts && { parts: parts.map(withDates) }) };
}
