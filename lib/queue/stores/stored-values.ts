import { types } from 'node:util';
import type { ButtonReplyEvent } from '../../events/messaging-event.interface.js';
import { isRecord } from '../../validation/is-record.js';

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
