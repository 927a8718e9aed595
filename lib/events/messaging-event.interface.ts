import type { FailureCategory } from '../errors/failure-category.js';
import type { SentMessage } from '../message/sent-message.interface.js';

/** The sender of an event, as far as the provider reports it. Some people hide their phone number. @publicApi */
export interface EventSender {
  /** Digits with country code. To send to it, prefix it with `+`. */
  phone?: string;
  /** WhatsApp's linked ID of the person, `…@lid`. */
  lid?: string;
  /** WhatsApp's business-scoped user ID, `BR.1A2b…`. */
  userId?: string;
  /** The person's user ID for all businesses of a group, `BR.ENT.1A2b…`. */
  parentUserId?: string;
  /** The person's WhatsApp username, if they have one. */
  username?: string;
  /** The group in which it happened. The other fields then identify the person. */
  group?: string;
  /** Chatvolt's conversation. */
  conversation?: string;
  /** The person's profile name. */
  name?: string;
}

/** Fields of every event. */
interface EventBase {
  /** `z-api`, `chatvolt` or `whatsapp-cloud`. */
  provider: string;
  /** The account's name. */
  account: string;
  /** When it happened, according to the provider. */
  at: Date;
  /** What the provider sent. */
  raw: unknown;
}

/** A pressed reply button, a choice from a list, or a typed reply that matches a button. @publicApi */
export interface ButtonReplyEvent extends EventBase {
  kind: 'button-reply';
  from: EventSender;
  /** The ID is empty if the provider sends none and the title matches no button. */
  button: { id: string; title: string };
  /** The reply was typed: the title, or the number in a text fallback. */
  typed?: true;
  /** The provider's ID of the message with the button. */
  inReplyTo?: string;
  /** The provider's ID of the reply itself. */
  messageId: string;
  /** The message that this replies to, if it is still stored. */
  sent?: SentMessage;
}

/** The delivery status of a message. @publicApi */
export type MessageStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** The status of one or more messages changed. @publicApi */
export interface MessageStatusEvent extends EventBase {
  kind: 'message-status';
  status: MessageStatus;
  /** The provider's message IDs. */
  messageIds: string[];
  /** The provider's error code. */
  code?: string;
  /** The provider's error text. */
  reason?: string;
  /** What a failure is about. Set for every `failed` status. */
  category?: FailureCategory;
  /** All errors that the provider reports. */
  errors?: { code?: string; message: string }[];
  /** Whom the status concerns. In a group, the participant. */
  recipient?: EventSender;
  /** The `id` of the `SentMessage`, if the provider returns it. The Cloud API does for messages sent by the queue. */
  sentId?: string;
  /** The message itself, if it is still stored. */
  sent?: SentMessage;
}

/** An account lost or restored its connection to WhatsApp. @publicApi */
export interface ConnectionEvent extends EventBase {
  kind: 'connection';
  connected: boolean;
  /** Why it was lost, in the provider's text. */
  reason?: string;
}

/** A text message that matches no button. @publicApi */
export interface TextMessageEvent extends EventBase {
  kind: 'text-message';
  from: EventSender;
  text: string;
  /** The provider's ID of the quoted message. */
  inReplyTo?: string;
  /** The provider's ID of the text message. */
  messageId: string;
  /** The quoted message, if it is still stored. */
  sent?: SentMessage;
}

/** The types of inbound messages other than text and button replies. Providers may send others. @publicApi */
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

/** A file of an inbound message. `ButtonMessagingMedia` downloads it. @publicApi */
export interface InboundMedia {
  /** The provider's ID of the file. A download needs the account's credentials. */
  id?: string;
  /** The provider's URL of the file. */
  url?: string;
  mimeType?: string;
  filename?: string;
}

/**
 * An inbound message other than a text or a button reply, such as an image, a voice note, a form, a reaction or an edit.
 *
 * @publicApi
 */
export interface InboundMessageEvent extends EventBase {
  kind: 'message';
  type: InboundMessageType | (string & {});
  from: EventSender;
  /** The provider's ID of this message. For an edit, that of the edit. */
  messageId: string;
  /** The provider's ID of the message that it quotes, reacts to, edits or deletes. */
  inReplyTo?: string;
  /** The message that it quotes or reacts to, if it is still stored and went to the sender. */
  sent?: SentMessage;
  /** The caption of a file, the emoji of a reaction, the new text of an edit, or the votes of a poll, one per line. */
  text?: string;
  media?: InboundMedia;
  /** The response of a form. */
  flow?: { name?: string; response: Record<string, unknown> };
}

/** What can happen to an account. Providers may send other types. @publicApi */
export type AccountEventType =
  | 'restricted'
  | 'restored'
  | 'disabled'
  | 'template-status'
  | 'template-category'
  | 'quality'
  | 'limit'
  | 'error';

/** A change of the account itself. @publicApi */
export interface AccountEvent extends EventBase {
  kind: 'account';
  type: AccountEventType | (string & {});
  /** The provider's description. */
  detail?: string;
}

/** A person's phone number or ID changed. @publicApi */
export interface IdentityEvent extends EventBase {
  kind: 'identity';
  previous: EventSender;
  current: EventSender;
}

/** An authentic webhook of any other kind. @publicApi */
export interface OtherEvent extends EventBase {
  kind: 'other';
  /** The provider's own type: Z-API's `type`, Chatvolt's `eventType`, Meta's `field`. */
  type: string;
}

/** Any event. `kind` says which. @publicApi */
export type MessagingEvent =
  | ButtonReplyEvent
  | MessageStatusEvent
  | ConnectionEvent
  | TextMessageEvent
  | InboundMessageEvent
  | AccountEvent
  | IdentityEvent
  | OtherEvent;

/** How it was confirmed that a message with an unknown outcome was sent. @publicApi */
export interface OutcomeEvidence {
  source: 'press' | 'echo';
  certainty: 'certain';
  /** The provider's ID of the message. */
  messageId?: string;
  at: Date;
}

/** A message with an unknown outcome turned out to be sent. @publicApi */
export interface OutcomeSettledEvent extends EventBase {
  kind: 'outcome-settled';
  /** The `id` of the `UnknownOutcomeError`. */
  sentId: string;
  sent: SentMessage;
  evidence: OutcomeEvidence;
}

/** What a parser knows of an event beyond the fields that handlers receive. */
export interface EventHints {
  /** The message failed because of its buttons. A text may succeed. */
  buttonsRefused?: boolean;
  /** The account is restricted, unpaid or not set up, so its circuit opens. */
  opensCircuit?: boolean;
  /** It did not happen in the private chat with the sender. */
  notPrivate?: boolean;
  /** The texts of several messages that arrived as one. */
  parts?: string[];
  /** The provider's name of a status that becomes an `other` event if the message is not one of ours. */
  otherwise?: string;
  /** Identifies repetitions if the event's own fields do not. */
  repeatKey?: string;
}

/** A message that the account itself sent. Handlers do not receive it, but it may settle an unknown outcome. */
export interface EchoEvent extends EventBase {
  kind: 'echo';
  to: EventSender;
  messageId: string;
  /** The IDs of its buttons. */
  buttonIds: string[];
}

type WithHints<E> = E extends MessagingEvent ? E & { hints?: EventHints } : never;

/** A parsed event that is not yet matched to a sent message. */
export type ParsedEvent = WithHints<MessagingEvent> | EchoEvent;

/** The events of a webhook body. */
export interface ParsedWebhook {
  events: ParsedEvent[];
  /** What was skipped because it belongs to another account. These sentences contain nothing of the body. */
  foreign: string[];
}
