import { types } from 'node:util';
import type { ButtonReplyEvent } from '../../events/messaging-event.interface.js';
import type { RememberedMessage } from '../../events/sent-message.store.js';
import { isRecord } from '../../validation/is-record.js';

/** Whether a value read from a server is what `remember` was given. */
export function isRememberedMessage(value: unknown): value is RememberedMessage {
  return (
    isRecord(value) &&
    isRecord(value.sent) &&
    typeof value.sent.id === 'string' &&
    types.isDate(value.sent.acceptedAt) &&
    typeof value.recipient === 'string' &&
    Array.isArray(value.buttons)
  );
}

/** Whether a value read from a server is what `publish` was given. */
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
