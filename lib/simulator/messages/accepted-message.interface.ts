import type { ReplyContent } from '../inbound/inbound.interface.js';
import type { JsonObject } from '../json.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';
import type { SimulatedTemplate } from '../templates/template.interface.js';
import type { SimulatedButton } from './simulated-button.interface.js';

/** A status of a message. @publicApi */
export type MessageStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** The failure in a status webhook. @publicApi */
export interface DeliveryFailure {
  /** The provider's text. */
  readonly text: string;
  /**
   * The provider's code: `'SHADOW_BAN'` of Z-API, a number such as 131026 of the Cloud API. For Chatvolt, it is the
   * `eventType`, such as `'AGENT_MESSAGE_NOTED'`.
   */
  readonly code?: string | number;
  /** Cloud API: `error_data.details`. @default the text */
  readonly details?: string;
}

/** A recipient's reply. It is added even without a webhook URL. @publicApi */
export type RecipientAnswer = (
  | { readonly kind: 'press'; readonly button: SimulatedButton }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'content'; readonly content: ReplyContent }
) & {
  readonly at: Date;
  /** Cloud API only: the ID of the reply, to mark it as read. */
  readonly id?: string;
  /** Cloud API only: when the account marked it as read. */
  readonly readAt?: Date;
};

/** A message that a provider accepted. Frozen: changes create a new object. @publicApi */
export interface AcceptedMessage {
  /** The provider's ID in the response: Z-API's `messageId`, Chatvolt's `message.id`, the Cloud API's wamid. */
  readonly id: string;
  /** Z-API only: the other ID of the response, which identifies the message in the queue. */
  readonly zaapId?: string;
  readonly provider: SimulatedProviderName;
  /** The name of the account in `accounts()`. */
  readonly account: string;
  /** The provider's operation: `send-button-actions`, `send-buttons`, `conversation/message`, `messages`, … */
  readonly endpoint: string;
  /** The recipient in the request: a phone number, a group, a Chatvolt conversation's ID or an email address. */
  readonly to: string;
  /** Chatvolt only: the conversation of the message. */
  readonly conversationId?: string;
  /** The text. Empty for a Pix button, which has none. */
  readonly text: string;
  /** The buttons in the order of the request. Lists and carousels are flattened. */
  readonly buttons: readonly SimulatedButton[];
  /** Cloud API only: the template, as it was when the message was sent. Missing if the account has no templates. */
  readonly template?: SimulatedTemplate;
  /** The parsed body of the request. */
  readonly body: JsonObject;
  /** The ID of the request in `requests()`. */
  readonly requestId: number;
  readonly receivedAt: Date;
  /** `accepted`, until `deliver()` changes it. */
  readonly status: 'accepted' | MessageStatus;
  /** Set if the status is `failed`. */
  readonly failure?: DeliveryFailure;
  /** The recipient's replies, oldest first. */
  readonly answers: readonly RecipientAnswer[];
  /** Cloud API only: until when the recipient sees that the account is typing, after a reply to this message. */
  readonly typingUntil?: Date;
}
