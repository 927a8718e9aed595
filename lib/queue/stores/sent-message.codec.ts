import type { SentMessage } from '../../message/sent-message.interface.js';
import { isRemembered } from '../../stores/remembered-messages.js';
import type { RememberedMessage } from '../../stores/sent-message.store.js';
import { isRecord } from '../../validation/is-record.js';

/** Default retention of sent messages, in milliseconds: as long as providers repeat their callbacks. */
export const RETENTION_MS = 7 * 24 * 60 * 60 * 1_000;

/** The options of the shared stores of sent messages. @publicApi */
export interface SharedSentMessageOptions {
  /**
   * Retention of a message, in milliseconds. 0 stores none. The last five messages with buttons to one recipient are
   * stored together, as long as the newest of them. There is no maximum number, because the server deletes by age.
   *
   * @default 604_800_000, seven days
   */
  keepMs?: number;
}

/** A message as it is written, and the keys by which it is found. */
export interface StoredMessage {
  /** Keys that contain only this message. */
  ids: string[];
  /** Keys that contain the last few messages, this one first. */
  recipients: string[];
  message: string;
}

/** Separates the messages of one key. JSON text contains no line feed. */
export const BETWEEN_MESSAGES = '\n';

/** Returns whether a value parsed from JSON is a sent message, with dates as texts or milliseconds. */
export function isSent(value: unknown): value is SentMessage {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.provider === 'string' &&
    typeof value.attempts === 'number'
  );
}

/** Restores the dates of a sent message that was parsed from JSON. */
export function withDates(sent: SentMessage): SentMessage {
  const { parts } = sent;
  return { ...sent, acceptedAt: new Date(sent.acceptedAt), ...(parts && { parts: parts.map(withDates) }) };
}

/**
 * Serializes a message for a store. Its dates are known, so milliseconds replace them. Searching the message for dates,
 * as `encode` does, would cost more than the rest of the write.
 */
export function writeMessage(message: RememberedMessage): string {
  return JSON.stringify({ ...message, sent: withoutDates(message.sent) });
}

/** Parses the messages of one key, and skips values that `writeMessage` did not write. @throws SyntaxError */
export function readMessages(text: string): RememberedMessage[] {
  return text.split(BETWEEN_MESSAGES).flatMap((line) => {
    const value = inCurrentFormat(JSON.parse(line));
    return isRemembered(value) && isSent(value.sent) ? [{ ...value, sent: withDates(value.sent) }] : [];
  });
}

function withoutDates(sent: SentMessage): object {
  const { parts } = sent;
  return { ...sent, acceptedAt: sent.acceptedAt.getTime(), ...(parts && { parts: parts.map(withoutDates) }) };
}

/** Version 0.1 stored one ID and one recipient. */
function inCurrentFormat(value: unknown): unknown {
  if (!isRecord(value) || typeof value.recipient !== 'string') return value;
  const { messageId, recipient, ...others } = value;
  return { ...others, messageIds: typeof messageId === 'string' ? [messageId] : [], recipients: [recipient] };
}
