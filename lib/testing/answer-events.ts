import { randomUUID } from 'node:crypto';
import type { EventSender, MessageStatus, ParsedEvent } from '../events/messaging-event.interface.js';
import { recipientKind } from '../message/recipient-kind.js';
import type { OfferedButton } from '../stores/sent-message.store.js';
import { failureOf } from './failed-status.js';
import type { RecordedMessage } from './recorded-message.interface.js';

/** The phone number of the person who replies in a group. */
const GROUP_MEMBER = '5511988887777';

/** A conversation that Chatvolt returns in tests. */
export interface KnownConversation {
  phone: string;
  conversationId: string;
}

/** A message to reply to, and when. */
export interface SimulatedReply {
  message: RecordedMessage;
  at: Date;
  /** Chatvolt's conversations, for the phone numbers of senders. */
  conversations: readonly KnownConversation[];
}

/** Creates the event of a press. Chatvolt reports only the title of the button. */
export function pressOf(reply: SimulatedReply, { id, title }: OfferedButton): ParsedEvent {
  const { message } = reply;
  if (message.provider === 'chatvolt') return textOf(reply, title);
  return { ...inboundEvent(reply), kind: 'button-reply', button: { id, title }, inReplyTo: message.messageId };
}

/** Creates the event of a text from the recipient. */
export function textOf(reply: SimulatedReply, text: string): ParsedEvent {
  return { ...inboundEvent(reply), kind: 'text-message', text };
}

/** Creates the event of a status. */
export function statusOf(reply: SimulatedReply, status: MessageStatus, reason: string | undefined): ParsedEvent {
  const { message } = reply;
  return {
    ...originOf(reply),
    kind: 'message-status',
    status,
    messageIds: [message.messageId],
    recipient: recipientOf(reply, status),
    ...(status === 'failed' && failureOf(message, reason)),
  };
}

/** Returns the recipient of a status. In a group, the group only. */
function recipientOf({ message, conversations }: SimulatedReply, status: MessageStatus): EventSender {
  const sender = senderOf(message, conversations);
  if (sender.group !== undefined) return { group: sender.group };
  // Failures come from Z-API's queue, which has no lid for a phone number.
  if (message.provider !== 'z-api' || status !== 'failed' || sender.phone === undefined) return sender;
  return { phone: sender.phone };
}

function inboundEvent(reply: SimulatedReply) {
  const from = senderOf(reply.message, reply.conversations);
  return { ...originOf(reply), from, messageId: `answer-${randomUUID()}` };
}

function originOf({ message: { account, provider }, at }: SimulatedReply) {
  return { account, provider, at, raw: {} };
}

function senderOf(
  { provider, endpoint, recipient }: RecordedMessage,
  conversations: readonly KnownConversation[],
): EventSender {
  const byPhone = endpoint.startsWith('conversation/message/phone/');
  if (provider === 'chatvolt' && !byPhone) {
    const phone = conversations.find(({ conversationId }) => conversationId === recipient)?.phone;
    return { conversation: recipient, ...(phone !== undefined && { phone }) };
  }
  switch (recipientKind(recipient)) {
    case 'lid':
      return { lid: recipient };
    case 'userId':
      return { userId: recipient };
    case 'group':
      return { group: recipient, ...personAt(GROUP_MEMBER, provider) };
    default:
      return personAt(recipient, provider);
  }
}

/** Returns a person with the ID that the provider reports with the phone number. It is derived from the number. */
function personAt(phone: string, provider: string): EventSender {
  const id = [...phone].reverse().join('');
  switch (provider) {
    case 'z-api':
      return { phone, lid: `${id}@lid` };
    case 'whatsapp-cloud':
      return { phone, userId: `${phone.startsWith('55') ? 'BR' : 'US'}.${id}` };
    default:
      return { phone };
  }
}
