import type { SentMessage } from '../message/sent-message.interface.js';

/** Who did something, as far as the provider says. */
export interface EventSender {
  /** Digits. */
  phone?: string;
  /** WhatsApp's own id of the person, `…@lid`, where the number is not shown. */
  lid?: string;
  /** The group in which it happened; `phone` and `lid` are then the person. */
  group?: string;
  /** Chatvolt's conversation. */
  conversation?: string;
  /** As the person calls themselves. */
  name?: string;
}

/** What every event has. */
interface EventBase {
  /** `z-api`, `chatvolt` or `whatsapp-cloud`. */
  provider: string;
  /** The account's name. */
  account: string;
  /** When it happened, by the provider's clock. */
  at: Date;
  /** What the provider sent. */
  raw: unknown;
}

/** A press of a reply button, a choice from a list, or a typed answer that means one. */
export interface ButtonReplyEvent extends EventBase {
  kind: 'button-reply';
  from: EventSender;
  /** The id is empty where the provider gives none and the title leads to none. */
  button: { id: string; title: string };
  /** The answer was typed: the title, or the number in a numbered text. */
  typed?: true;
  /** The provider's id of the message that held the button. */
  inReplyTo?: string;
  /** The provider's id of the answer itself. */
  messageId: string;
  /** The message that was answered, where it is remembered. */
  sent?: SentMessage;
}

/** What can become of a message. */
export type MessageStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** What became of messages. */
export interface MessageStatusEvent extends EventBase {
  kind: 'message-status';
  status: MessageStatus;
  /** The provider's ids. */
  messageIds: string[];
  /** Why it failed, in the provider's words. */
  reason?: string;
  /** The `id` of the `SentMessage`, where the provider brings it back: the Cloud API does for messages of the queue. */
  sentId?: string;
  /** The message itself, where it is remembered. */
  sent?: SentMessage;
}

/** An account lost or found its connection to WhatsApp. */
export interface ConnectionEvent extends EventBase {
  kind: 'connection';
  connected: boolean;
  /** Why it was lost, in the provider's words. */
  reason?: string;
}

/** Words that mean no button. */
export interface TextMessageEvent extends EventBase {
  kind: 'text-message';
  from: EventSender;
  text: string;
  /** The provider's id of the message that is quoted. */
  inReplyTo?: string;
  /** The provider's id of the text itself. */
  messageId: string;
  /** The message that is quoted, where it is remembered. */
  sent?: SentMessage;
}

/** Everything that is heard; `kind` tells which. */
export type MessagingEvent = ButtonReplyEvent | MessageStatusEvent | ConnectionEvent | TextMessageEvent;

/** A status as it was parsed, with what decides about the late fallback. */
export interface ParsedStatusEvent extends MessageStatusEvent {
  /** The message failed because of its buttons; a text may get through. */
  buttonsRefused?: boolean;
}

/** An event as it was parsed, before it is matched to what was sent. */
export type ParsedEvent = ButtonReplyEvent | ParsedStatusEvent | ConnectionEvent | TextMessageEvent;
