import type { Fields, Hook, Rule } from './field-case.js';
import { ANA } from './messages.js';

/** Accepts a message with the ids `ZAAP…` and `MSG…` of this number. */
export const zAccepts = (number: number | string): Rule => ({
  to: 'POST',
  status: 200,
  body: { zaapId: `ZAAP${number}`, messageId: `MSG${number}` },
});

/** Builds a callback of Z-API. */
export const zHook = (type: string, more: Fields = {}): Hook => ({
  account: 'sales',
  body: { type, instanceId: 'INST1', phone: ANA, momment: '$now', ...more },
});

/** Builds a callback with a message of Ana. */
export function zReceived(content: Fields): Hook {
  const who = { messageId: 'IN1', fromMe: false, status: 'RECEIVED', senderName: 'Ana', isGroup: false };
  return zHook('ReceivedCallback', { ...who, ...content });
}

export const zText = (message: string, more: Fields = {}): Hook => zReceived({ text: { message }, ...more });

/** Builds a callback with a press of a button of this message. */
export function zPress(buttonId: string, message: string, referenceMessageId: string, more: Fields = {}): Hook {
  return zReceived({ referenceMessageId, buttonsResponseMessage: { buttonId, message }, ...more });
}

/** Builds a delivery callback, failed if an error is given. */
export const zDelivery = (ids: Fields, error?: string, more: Fields = {}): Hook =>
  zHook('DeliveryCallback', { ...ids, error, ...more });

export const zStatus = (status: string, id: string, more: Fields = {}): Hook =>
  zHook('MessageStatusCallback', { status, ids: [id], isGroup: false, ...more });
