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
import type { ListMessage, Message, TemplateMessage } from '../../message/message.interface.js';

/** A message in the format of a custom provider. @publicApi */
export interface CustomMessage {
  /** The provider's name of the request, such as `send-buttons`. Logs and spans contain it. */
  operation: string;
  /** The recipient, as the provider's webhooks name it. */
  recipient: string;
  /** The request body. `preview` returns it, so it must not contain secrets. */
  body: object;
}

/** A message in the provider's format, or the reasons why the provider does not support it. @publicApi */
export type CustomMapping = CustomMessage | { reasons: string[] };

/** An event of a custom provider. The provider, the account and the sent message are added. @publicApi */
export type CustomEvent =
  | Omit<ButtonReplyEvent, 'provider' | 'account' | 'sent'>
  | Omit<MessageStatusEvent, 'provider' | 'account' | 'sent'>
  | Omit<ConnectionEvent, 'provider' | 'account'>
  | Omit<TextMessageEvent, 'provider' | 'account' | 'sent'>
  | Omit<InboundMessageEvent, 'provider' | 'account' | 'sent'>
  | Omit<AccountEvent, 'provider' | 'account'>
  | Omit<IdentityEvent, 'provider' | 'account'>
  | Omit<OtherEvent, 'provider' | 'account'>;

/** Verifies and parses the webhooks of a provider, which are posted to `POST /{path}/custom/:account`. @publicApi */
export interface CustomWebhook {
  /**
   * Returns whether the request comes from the provider. Compare secrets in constant time.
   *
   * It is called before the body is read. If it reads `rawBody`, it is called again with the body. Otherwise its result is
   * final, so that unauthenticated bodies are never read.
   */
  isAuthentic(request: WebhookRequest): boolean;
  /** Returns the events of a body, or an empty array if its type is unknown. It must not throw for any body. */
  parse(body: unknown): CustomEvent[];
}

/**
 * A custom provider, used instead of a provider's name in an account.
 *
 * The module adds validation, idempotency, rate limiting, retries, the circuit breaker, failover, fallbacks, telemetry,
 * reply matching and the queue. `providerContract` of `nestjs-button-messaging/testing` tests an implementation.
 *
 * @example
 * ButtonMessagingModule.forRoot({
 *   accounts: [{ provider: new AcmeProvider(process.env.ACME_KEY), name: 'acme' }],
 * })
 *
 * @publicApi
 */
export interface CustomProvider {
  /** Lower-case letters, digits and hyphens. Results, errors and events contain it with the prefix `custom:`. */
  readonly name: string;

  /** Maps a valid message with buttons to the provider's format, or returns why the provider does not support it. */
  map(message: ButtonMessage): CustomMapping;

  /** Maps a valid message with a list. Omit it if the provider has no lists. */
  mapList?(message: ListMessage): CustomMapping;

  /** Maps a valid template. Omit it if the provider has no templates. */
  mapTemplate?(message: TemplateMessage): CustomMapping;

  /**
   * Maps a text. For a message with buttons or a list, `text` contains them numbered. Omit it if the provider sends no
   * texts.
   */
  mapText?(message: Message, text: string): CustomMapping;

  /**
   * Sends one request. It must not retry.
   *
   * Throw an error of this package if the outcome is known: `RateLimitedError`, `ProviderUnavailableError`,
   * `AuthenticationError`, `ProviderRejectedError` and others mean that nothing was sent. Any other error becomes an
   * `UnknownOutcomeError`.
   *
   * @param circumstances `signal` is aborted by the attempt's timeout and by the caller.
   * @returns The provider's ID of the message, if it returns one.
   */
  send(message: CustomMessage, circumstances: { signal: AbortSignal }): Promise<{ messageId?: string }>;

  /** Checks for a health indicator whether the account can send. Rejects if it cannot. */
  check?(circumstances: { signal?: AbortSignal }): Promise<void>;

  webhook?: CustomWebhook;
}
