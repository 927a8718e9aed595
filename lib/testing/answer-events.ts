import { randomUUID } from 'node:crypto';
import type { EventSender, MessageStatus, ParsedEvent } from '../events/messaging-event.interface.js';
import type { OfferedButton } from '../events/sent-message.store.js';
import { recipientKind } from '../message/recipient.js';
import type { RecordedMessage } from './recorded-message.interface.js';

/** Who presses in a group, where somebody has to. */
const SOMEBODY = '5511988887777';

/** The event of a press, as the provider would tell it: Chatvolt tells the words on the button only. */
export function pressOf(message: RecordedMessage, { id, title }: OfferedButton, at: Date): ParsedEvent {
  if (message.provider === 'chatvolt') return textOf(message, title, at);
  const answer = answerTo(message, at);
  return { ...answer, kind: 'button-reply', button: { id, title }, inReplyTo: message.messageId };
}

/** The event of a text that the recipient types. */
export function textOf(message: RecordedMessage, text: string, at: Date): ParsedEvent {
  return { ...answerTo(message, at), kind: 'text-message', text };
}

/** The event of a status. */
export function statusOf(
  { account, provider, messageId }: RecordedMessage,
  status: MessageStatus,
  at: Date,
  reason: string | undefined,
): ParsedEvent {
  const base = { account, provider, at, raw: {} };
  return {
    ...base,
    kind: 'message-status',
    status,
    messageIds: [messageId],
    ...(reason !== undefined && { reason }),
  };
}

function answerTo(message: RecordedMessage, at: Date) {
  const { account, provider } = message;
  return { account, provider, at, raw: {}, from: senderOf(message), messageId: `answer-${randomUUID()}` };
}

function senderOf({ provider, endpoint, recipient }: RecordedMessage): EventSender {
  const byPhone = endpoint.startsWith('conversation/message/phone/');
  if (provider === 'chatvolt' && !byPhone) return { conversation: recipient };
  switch (recipientKind(recipient)) {
    case 'lid':
      return { lid: recipient };
    case 'group':
      return { group: recipient, phone: SOMEBODY };
    default:
      return { phone: recipient };
  }
}
