import { randomUUID } from 'node:crypto';
import type { EventSender, MessageStatus, ParsedEvent } from '../events/messaging-event.interface.js';
import { recipientKind } from '../message/recipient-kind.js';
import type { OfferedButton } from '../stores/sent-message.store.js';
import type { KnownConversation } from './canned-answers.js';
import { failureOf } from './failed-status.js';
import type { RecordedMessage } from './recorded-message.interface.js';

/** Who presses in a group, where somebody has to. */
const SOMEBODY = '5511988887777';

/** A message, and when and where it is answered. */
export interface Answered {
  message: RecordedMessage;
  at: Date;
  /** Chatvolt's conversations: it names whose they are. */
  conversations: readonly KnownConversation[];
}

/** The event of a press, as the provider would tell it: Chatvolt tells the words on the button only. */
export function pressOf(answered: Answered, { id, title }: OfferedButton): ParsedEvent {
  const { message } = answered;
  if (message.provider === 'chatvolt') return textOf(answered, title);
  const answer = answerTo(answered);
  return { ...answer, kind: 'button-reply', button: { id, title }, inReplyTo: message.messageId };
}

/** The event of a text that the recipient types. */
export function textOf(answered: Answered, text: string): ParsedEvent {
  return { ...answerTo(answered), kind: 'text-message', text };
}

/** The event of a status. */
export function statusOf(answered: Answered, status: MessageStatus, reason: string | undefined): ParsedEvent {
  const { message, at } = answered;
  const { account, provider, messageId } = message;
  return {
    account,
    provider,
    at,
    raw: {},
    kind: 'message-status',
    status,
    messageIds: [messageId],
    recipient: recipientOf(answered, status),
    ...(status === 'failed' && failureOf(message, reason)),
  };
}

/** Whom a status names: in a group the group alone. */
function recipientOf({ message, conversations }: Answered, status: MessageStatus): EventSender {
  const sender = senderOf(message, conversations);
  if (sender.group !== undefined) return { group: sender.group };
  // Z-API's queue, which tells of failures, knows no lids beside numbers.
  if (message.provider !== 'z-api' || status !== 'failed' || sender.phone === undefined) return sender;
  return { phone: sender.phone };
}

function answerTo({ message, at, conversations }: Answered) {
  const { account, provider } = message;
  return {
    account,
    provider,
    at,
    raw: {},
    from: senderOf(message, conversations),
    messageId: `answer-${randomUUID()}`,
  };
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
      return { group: recipient, ...personAt(SOMEBODY, provider) };
    default:
      return personAt(recipient, provider);
  }
}

/** Somebody by number, with the id that the provider names beside it: always the same for a number. */
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
