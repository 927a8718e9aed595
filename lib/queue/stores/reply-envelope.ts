import { types } from 'node:util';
import type { ButtonReplyEvent } from '../../events/messaging-event.interface.js';
import { isRecord } from '../../validation/is-record.js';

/** A reply that is sent to other processes. */
export interface ReplyEnvelope {
  /** The exchange that published it, which has already called its own listeners. */
  origin: string;
  /** The key of the message, so that a process without a listener does not parse the reply. */
  address: string;
  /** The row that contains the reply, if it is too large for a notification. */
  row?: string;
  /** The encoded reply. Empty if a row contains it. */
  body: string;
}

/** Serializes an envelope: one line with IDs, then the reply. The IDs contain no spaces or line breaks. */
export function seal({ origin, address, row, body }: ReplyEnvelope): string {
  return `${origin} ${address}${row === undefined ? '' : ` ${row}`}\n${body}`;
}

/** Parses an envelope. Returns undefined if it is invalid. */
export function open(payload: string): ReplyEnvelope | undefined {
  const end = payload.indexOf('\n');
  const [origin, address, row] = payload.slice(0, Math.max(0, end)).split(' ');
  if (!origin || !address) return undefined;
  return { origin, address, ...(row !== undefined && { row }), body: payload.slice(end + 1) };
}

/** Returns whether a value that another process published is a reply. */
export function isButtonReplyEvent(value: unknown): value is ButtonReplyEvent {
  return (
    isRecord(value) &&
    value.kind === 'button-reply' &&
    types.isDate(value.at) &&
    isRecord(value.from) &&
    isRecord(value.button) &&
    typeof value.button.id === 'string' &&
    typeof value.messageId === 'string'
  );
}
