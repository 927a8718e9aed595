import type { RememberedMessage } from '../../events/sent-message.store.js';
import { isRecord } from '../../validation/is-record.js';
import { isSent, withDates, withoutDates } from '../sent-message.reader.js';

/** A message as it is written, under the keys by which it is found. */
export interface StoredMessage {
  keys: string[];
  message: string;
}

/**
 * A remembered message as a store keeps it. The dates in it are known: what `encode` does to keep any date would cost
 * every send more than the rest of its writing, and a date as a text half as much.
 */
export function writeMessage(message: RememberedMessage): string {
  return JSON.stringify({ ...message, sent: withoutDates(message.sent) });
}

/** What `writeMessage` was given; undefined where it was something else. @throws SyntaxError where it is no JSON. */
export function readMessage(text: string): RememberedMessage | undefined {
  const value: unknown = JSON.parse(text);
  return isWritten(value) ? { ...value, sent: withDates(value.sent) } : undefined;
}

function isWritten(value: unknown): value is RememberedMessage {
  return isRecord(value) && isSent(value.sent) && typeof value.recipient === 'string' && Array.isArray(value.buttons);
}
