import type {
  AccountEvent,
  ButtonReplyEvent,
  ConnectionEvent,
  IdentityEvent,
  InboundMessageEvent,
  MessageStatusEvent,
  OtherEvent,
  TextMessageEvent,
} from '../../events/messaging-event.interface.js';
import type { WebhookRequest } from '../../events/webhook-request.interface.js';
import type { ButtonMessage } from '../../message/button-message.interface.js';

/** A message in the form of a provider of your own. */
export interface CustomMessage {
  /** The provider's own name of the call, as `send-buttons`: logs and spans show it. */
  operation: string;
  /** Whom it concerns, as the provider's webhooks will name them. */
  recipient: string;
  /** What goes out. `preview` shows it, so no secret belongs there. */
  body: object;
}

/** The form that a provider has for a message, or why it has none. */
export type CustomMapping = CustomMessage | { reasons: string[] };

/** What a provider of your own tells; which account it is, and what was sent, is added. */
export type CustomEvent =
  | Omit<ButtonReplyEvent, 'provider' | 'account' | 'sent'>
  | Omit<MessageStatusEvent, 'provider' | 'account' | 'sent'>
  | Omit<ConnectionEvent, 'provider' | 'account'>
  | Omit<TextMessageEvent, 'provider' | 'account' | 'sent'>
  | Omit<InboundMessageEvent, 'provider' | 'account' | 'sent'>
  | Omit<AccountEvent, 'provider' | 'account'>
  | Omit<IdentityEvent, 'provider' | 'account'>
  | Omit<OtherEvent, 'provider' | 'account'>;

/** How a provider's webhooks are let in and understood. They go to `POST /{path}/custom/:account`. */
export interface CustomWebhook {
  /**
   * Whether the request proves that it comes from the provider. Compare secrets in constant time.
   *
   * It is asked before the body is read. If it looks at `rawBody`, it is asked again when the body is there; if it does
   * not, its answer counts, so that strangers are refused without listening to them.
   */
  isAuthentic(request: WebhookRequest): boolean;
  /** The events in a body; none where it is of a kind that is not known. It must not throw, whatever the body is. */
  parse(body: unknown): CustomEvent[];
}

/**
 * A provider of your own, in the place of a provider's name in an account. Everything around it is done: checks of the
 * message, idempotency, pacing, retries, breaker, failover, fallbacks, telemetry, matching of answers, the queue.
 *
 * `providerContract` of `nestjs-button-messaging/testing` says whether it keeps what is asked of it.
 *
 * @example
 * ButtonMessagingModule.forRoot({
 *   accounts: [{ provider: new AcmeProvider(process.env.ACME_KEY), name: 'acme' }],
 * })
 */
export interface CustomProvider {
  /** Lower-case letters, digits and hyphens. Results, errors and events say `custom:` and this name. */
  readonly name: string;

  /** A message that is in order, in the provider's form. Give reasons for what the provider cannot carry. */
  map(message: ButtonMessage): CustomMapping;

  /** The same as a text, with its buttons written out. Absent: the provider has no fallback. */
  mapText?(message: ButtonMessage, text: string): CustomMapping;

  /**
   * One request, never repeated by itself.
   *
   * Throw one of this package's errors where its outcome is known: `RateLimitedError`, `ProviderUnavailableError`,
   * `AuthenticationError`, `ProviderRejectedError`, … mean that nothing was sent. Whatever else is thrown means that
   * nobody knows: `UnknownOutcomeError`.
   *
   * @param circumstances `signal` ends with the attempt's time limit and with the caller's own signal.
   * @returns the provider's id of the message, where it gives one
   */
  send(message: CustomMessage, circumstances: { signal: AbortSignal }): Promise<{ messageId?: string }>;

  /** Asks the provider, for health checks, whether the account can send. Rejects where it cannot. */
  check?(circumstances: { signal?: AbortSignal }): Promise<void>;

  webhook?: CustomWebhook;
}
