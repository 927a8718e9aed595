import type { JsonObject } from '../json.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';
import type { SimulatedButton } from './simulated-button.interface.js';

/** What can become of a message on its way. */
export type MessageStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** Why a message failed, as its status webhook will say it. */
export interface DeliveryFailure {
  /** The provider's words. */
  readonly text: string;
  /**
   * The provider's code: `'SHADOW_BAN'` at Z-API, a number such as 131026 at the Cloud API. Chatvolt has none; there it
   * is the `eventType`, such as `'AGENT_MESSAGE_NOTED'`.
   */
  readonly code?: string | number;
  /** Cloud API: `error_data.details`. Default: the text. */
  readonly details?: string;
}

/** What the recipient did, whether or not there was an address to tell it to. */
export type RecipientAnswer =
  | { readonly kind: 'press'; readonly button: SimulatedButton; readonly at: Date }
  | { readonly kind: 'text'; readonly text: string; readonly at: Date };

/** A message that a provider accepted. Frozen: what happens to it later makes a new object. */
export interface AcceptedMessage {
  /** The provider's id, as its answer gave it: Z-API's `messageId`, Chatvolt's `message.id`, the Cloud API's wamid. */
  readonly id: string;
  /** Z-API only: the other id of its answer, by which a message in its queue is named. */
  readonly zaapId?: string;
  readonly provider: SimulatedProviderName;
  /** The account's name in `accounts()`. */
  readonly account: string;
  /** The provider's endpoint: `send-button-actions`, `send-buttons`, `conversation/message`, `messages`, … */
  readonly endpoint: string;
  /** Whom it was for, as the request said it: a phone, a group, a Chatvolt conversation's id or an e-mail address. */
  readonly to: string;
  /** Chatvolt only: the conversation that it went into. */
  readonly conversationId?: string;
  /** The text; `''` for a Pix button, which has none. */
  readonly text: string;
  /** In the order of the request, lists and carousels flattened. */
  readonly buttons: readonly SimulatedButton[];
  /** The request's body, parsed. */
  readonly body: JsonObject;
  /** The request that brought it: the `id` of one in `requests()`. */
  readonly requestId: number;
  readonly receivedAt: Date;
  /** `accepted`, until `deliver()` says more. */
  readonly status: 'accepted' | MessageStatus;
  /** Where the status is `failed`. */
  readonly failure?: DeliveryFailure;
  /** What the recipient answered, oldest first. */
  readonly answers: readonly RecipientAnswer[];
}
