import type { Account } from '../config/accounts/account.js';
import type { ButtonMessage, MessageRecipient } from '../message/button-message.interface.js';
import type { RequestPreview } from '../message/message-preview.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { OfferedButton } from '../stores/sent-message.store.js';
import type { RequestContext, SendContext } from './send-context.js';
import type { WebhookAdapter } from './webhook-adapter.js';

/** A message in the form of one provider, checked and ready to go. */
export interface OutgoingMessage {
  /** The provider's own name of the call, as `send-button-actions`. */
  operation: string;
  /** The path behind the part that all calls of the account share. */
  path: string;
  /** The body as it goes on the wire. */
  body: object;
  /** Whom it concerns, on the wire's own terms. */
  recipient: string;
  /** Whom it goes to. */
  to: MessageRecipient;
  /** The buttons whose presses come back. */
  buttons: OfferedButton[];
  /** Whether the buttons are written out as a numbered text. */
  numbered?: boolean;
  /** What it was made of; a provider's own DTO is its body. */
  message?: ButtonMessage;
}

/** The form that a provider has for a message, or the reasons why it has none. */
export type Mapping = { outgoing: OutgoingMessage } | { reasons: string[] };

/** What a provider says of a message that it accepted. */
export interface ResponseFacts {
  messageId?: string | undefined;
  /** All ids of the message, if there are several. */
  providerIds?: string[] | undefined;
  /** The conversation that it went into. */
  conversation?: string | undefined;
  /** WhatsApp's user id of the recipient. */
  userId?: string | undefined;
}

/** A message that was accepted, and what the provider answered. */
export interface SendResult<Result> {
  sent: SentMessage;
  result: Result;
  facts: ResponseFacts;
  /** As it went out: a provider may have completed it. */
  outgoing: OutgoingMessage;
  /** The trace context of its send, if it is traced. */
  traceparent?: string | undefined;
}

/** Whether an account can send, as its provider says. */
export type ProviderHealth =
  | { status: 'up' }
  /** `detail` is in the provider's words. */
  | { status: 'down'; reason: string; detail?: string | undefined };

/**
 * All that the rest of the package needs of a provider. To add one: a folder beside the others, and a line in
 * `provider.registry.ts`.
 */
export interface ProviderAdapter<A extends Account = Account, Result = unknown> {
  /** Verifies and parses webhooks. */
  readonly webhook: WebhookAdapter<A>;

  /** A message in this provider's form. */
  map(message: ButtonMessage, account: A): Mapping;

  /** A message in this provider's form of a text, its buttons written out. */
  mapText(message: ButtonMessage, account: A): Mapping;

  /** The request that `send` would make of what `map` or `mapText` made. Nobody is asked, nothing is sent. */
  preview(outgoing: OutgoingMessage, account: A): RequestPreview;

  /** Sends what `map` or `mapText` made. */
  send(outgoing: OutgoingMessage, account: A, context: SendContext): Promise<SendResult<Result>>;

  /**
   * Asks the provider whether the account can send, by the cheapest request that needs its credentials.
   *
   * @throws ButtonMessagingError if the provider refuses the request, or does not answer.
   */
  checkHealth(account: A, context: RequestContext): Promise<ProviderHealth>;
}
