import type { Fields, Hook, Rule } from './field-case.js';
import { ANA } from './messages.js';

/** Z-API accepted it: `ZAAP…` and `MSG…` with this number. */
export const zAccepts = (number: number | string): Rule => ({
  to: 'POST',
  status: 200,
  body: { zaapId: `ZAAP${number}`, messageId: `MSG${number}` },
});

/** Z-API's own callback. */
export const zHook = (type: string, more: Fields = {}): Hook => ({
  account: 'sales',
  body: { type, instanceId: 'INST1', phone: ANA, momment: '$now', ...more },
});

/** Ana wrote something. */
export function zReceived(content: Fields): Hook {
  const who = { messageId: 'IN1', fromMe: false, status: 'RECEIVED', senderName: 'Ana', isGroup: false };
  return zHook('ReceivedCallback', { ...who, ...content });
}

export const zText = (message: string, more: Fields = {}): Hook => zReceived({ text: { message }, ...more });

/** Ana pressed a button of this message. */
export function zPress(buttonId: string, message: string, referenceMessageId: string, more: Fields = {}): Hook {
  return zReceived({ referenceMessageId, buttonsResponseMessage: { buttonId, message }, ...more });
}

/** The queue sent a message, or failed to. */
export const zDelivery = (ids: Fields, error?: string, more: Fields = {}): Hook =>
  zHook('DeliveryCallback', { ...ids, error, ...more });

export const zStatus = (status: string, id: string, more: Fields = {}): Hook =>
  zHook('MessageStatusCallback', { status, ids: [id], isGroup: false, ...more });
