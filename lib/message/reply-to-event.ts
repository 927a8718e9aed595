import { InvalidMessageError } from '../errors/message.errors.js';
import type { ButtonReplyEvent, InboundMessageEvent, TextMessageEvent } from '../events/messaging-event.interface.js';
import { isRecord } from '../validation/is-record.js';
import type { Message, MessageContent } from './message.interface.js';
import { recipientOfSender } from './recipient-of-sender.js';

/** An event that `reply` and `markRead` accept. @publicApi */
export type RepliableEvent = Pick<
  ButtonReplyEvent | TextMessageEvent | InboundMessageEvent,
  'account' | 'from' | 'messageId'
>;

/** @throws InvalidMessageError if a value is not an event with a sender. */
export function checkRepliable(event: unknown): void {
  if (
    isRecord(event) &&
    typeof event.account === 'string' &&
    typeof event.messageId === 'string' &&
    isRecord(event.from)
  ) {
    return;
  }
  throw invalid('event', 'isEvent', 'event must be an event with account, from and messageId, as handlers receive it');
}

/**
 * Addresses a message to the chat of an event.
 *
 * @throws InvalidMessageError if the event identifies no chat, or the content is not an object.
 */
export function replyTo(event: RepliableEvent, content: MessageContent): Message {
  checkRepliable(event);
  const to = recipientOfSender(event.from);
  if (to === undefined) {
    throw invalid('event.from', 'isRecipient', 'event.from must identify a person, group or conversation');
  }
  if (!isRecord(content)) throw invalid('', 'isObject', 'The content of a reply must be an object');
  return { ...content, to };
}

function invalid(path: string, rule: string, message: string): InvalidMessageError {
  return new InvalidMessageError([{ path, rule, message }]);
}
