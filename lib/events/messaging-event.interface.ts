import type { FailureCategory } from '../errors/failure-category.js';
import type { SentMessage } from '../message/sent-message.interface.js';

/** Who did something, as far as the provider says. Some people have no phone number that is shown. */
export interface EventSender {
  /** Digits with country code, never anything else. To send to it, put `+` before it. */
  phone?: string;
  /** WhatsApp's linked id of the person, `…@lid`. */
  lid?: string;
  /** WhatsApp's business-scoped user id, `BR.1A2b…`. */
  userId?: string;
  /** The same person's id for all businesses of a group, `BR.ENT.1A2b…`. */
  parentUserId?: string;
  /** WhatsApp's name of the person, if they have chosen one. */
  username?: string;
  /** The group in which it happened; the other fields are then the person. */
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
  /** The provider's code of the failure. */
  code?: string;
  /** Why it failed, in the provider's words. */
  reason?: string;
  /** Who must act, of every failed status. */
  category?: FailureCategory;
  /** All errors that the provider names. */
  errors?: { code?: string; message: string }[];
  /** Whom the status concerns; in a group, the participant. */
  recipient?: EventSender;
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

/** What an inbound message can be besides a text and a press. Providers have more types than these. */
export type InboundMessageType =
  | 'image'
  | 'video'
  | 'audio'
  | 'document'
  | 'sticker'
  | 'location'
  | 'contacts'
  | 'reaction'
  | 'order'
  | 'flow'
  | 'poll'
  | 'edit'
  | 'revoke'
  | 'system'
  | 'call-permission'
  | 'unsupported';

/** A file that came with a message. */
export interface InboundMedia {
  /** The provider's id of the file, to be fetched with the account's credentials. */
  id?: string;
  /** Where the provider keeps the file. */
  url?: string;
  mimeType?: string;
  filename?: string;
}

/** A message that is neither a text nor a press: a picture, a voice note, a filled form, a reaction, an edit, … */
export interface InboundMessageEvent extends EventBase {
  kind: 'message';
  type: InboundMessageType | (string & {});
  from: EventSender;
  /** The provider's id of the message itself; of an edit, the edit's. */
  messageId: string;
  /** The provider's id of the message that it quotes, reacts to, changes or takes back. */
  inReplyTo?: string;
  /** The message that it quotes or reacts to, if it is remembered and went to the sender. */
  sent?: SentMessage;
  /** The caption of a file, the emoji of a reaction, the new words of an edit. */
  text?: string;
  media?: InboundMedia;
  /** The answers of a form. */
  flow?: { name?: string; response: Record<string, unknown> };
}

/** What can happen to an account. Providers have more types than these. */
export type AccountEventType =
  | 'restricted'
  | 'restored'
  | 'disabled'
  | 'template-status'
  | 'template-category'
  | 'quality'
  | 'limit'
  | 'error';

/** Something happened to the account itself. */
export interface AccountEvent extends EventBase {
  kind: 'account';
  type: AccountEventType | (string & {});
  /** In the provider's words. */
  detail?: string;
}

/** Somebody's number or id changed. */
export interface IdentityEvent extends EventBase {
  kind: 'identity';
  previous: EventSender;
  current: EventSender;
}

/** A webhook that was authentic and is nothing else. */
export interface OtherEvent extends EventBase {
  kind: 'other';
  /** The provider's own name of it: Z-API's `type`, Chatvolt's `eventType`, Meta's `field`. */
  type: string;
}

/** Everything that is heard; `kind` tells which. */
export type MessagingEvent =
  | ButtonReplyEvent
  | MessageStatusEvent
  | ConnectionEvent
  | TextMessageEvent
  | InboundMessageEvent
  | AccountEvent
  | IdentityEvent
  | OtherEvent;

/** How it is known that a message of unknown outcome went out. */
export interface OutcomeEvidence {
  source: 'press' | 'echo';
  certainty: 'certain';
  /** The provider's id of the message. */
  messageId?: string;
  at: Date;
}

/** A message whose outcome was unknown went out. */
export interface OutcomeSettledEvent extends EventBase {
  kind: 'outcome-settled';
  /** The `id` of the `UnknownOutcomeError`. */
  sentId: string;
  sent: SentMessage;
  evidence: OutcomeEvidence;
}

/** What a parser knows of an event beyond what is handed on. */
export interface EventHints {
  /** The message failed because of its buttons; a text may get through. */
  buttonsRefused?: boolean;
  /** The account itself is restricted, unpaid or not set up: it is left alone for a while. */
  restsAccount?: boolean;
  /** It did not happen in the private chat with the sender. */
  notPrivate?: boolean;
  /** The texts of several messages that arrived as one. */
  parts?: string[];
  /** The provider's name of a status that is told as another event if the message is not one of ours. */
  otherwise?: string;
  /** Tells repetitions apart if the event's own fields do not. */
  repeatKey?: string;
}

/** The provider shows a message that the account itself sent. It is not handed on: it may settle an unknown outcome. */
export interface EchoEvent extends EventBase {
  kind: 'echo';
  to: EventSender;
  messageId: string;
  /** The ids of its buttons. */
  buttonIds: string[];
}

type WithHints<E> = E extends MessagingEvent ? E & { hints?: EventHints } : never;

/** An event as it was parsed, before it is matched to what was sent. */
export type ParsedEvent = WithHints<MessagingEvent> | EchoEvent;

/** What a parser makes of a webhook's body. */
export interface ParsedWebhook {
  events: ParsedEvent[];
  /** What was left out because it belongs to another account: sentences that repeat nothing of the body. */
  foreign: string[];
}
