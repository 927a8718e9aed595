import type { RememberedMessage } from '../../stores/sent-message.store.js';
import { isRecord } from '../../validation/is-record.js';
import { isSent, withDates, withoutDates } from './sent-message.codec.js';

/** A message as it is written, under the keys by which it is found. */
export interface StoredMessage {
  /** Under each of these it stands alone. */
  ids: string[];
  /** Under each of these it is the first of the last few. */
  recipients: string[];
  message: string;
}

/** Between messages under one key. JSON has no line feed of its own. */
export const BETWEEN_MESSAGES = '\n';

/**
 * A remembered message as a store keeps it. The dates in it are known: what `encode` does to keep any date would cost
 * every send more than the rest of its writing, and a date as a text half as much.
 */
export function writeMessage(message: RememberedMessage): string {
  return JSON.stringify({ ...message, sent: withoutDates(message.sent) });
}

/** The messages under one key, without what `writeMessage` did not write. @throws SyntaxError if a line is not JSON. */
export function readMessages(text: string): RememberedMessage[] {
  return text.split(BETWEEN_MESSAGES).flatMap((line) => {
    const value = inPresentForm(JSON.parse(line));
    return isWritten(value) ? [{ ...value, sent: withDates(value.sent) }] : [];
  });
}

/** Version 0.1 wrote one id and one recipient. */
function inPresentForm(value: unknown): unknown {
  if (!isRecord(value) || typeof value.recipient !== 'string') return value;
  const { messageId, recipient, ...others } = value;
  return { ...others, messageIds: typeof messageId === 'string' ? [messageId] : [], recipients: [recipient] };
}

function isWritten(value: unknown): value is RememberedMessage {
  return (
    isRecord(value) &&
    isSent(value.sent) &&
    Array.isArray(value.messageIds) &&
    Array.isArray(value.recipients) &&
    Array.isArray(value.buttons)
  );
}
