import type { Account } from '../config/accounts/account.js';
import type { EventSender, InboundMedia } from '../events/messaging-event.interface.js';
import type { MessageRecipient } from '../message/button-message.interface.js';
import type { Message, RichMessage } from '../message/message.interface.js';
import type { RequestPreview } from '../message/message-preview.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { OfferedButton } from '../stores/sent-message.store.js';
import type { HttpRequest } from '../transport/http-request.interface.js';
import type { RequestContext, SendContext } from './send-context.js';
import type { WebhookAdapter } from './webhook-adapter.js';

/** A valid message in the format of one provider. */
export interface OutgoingMessage {
  /** The provider's name of the operation, for example `send-button-actions`. */
  operation: string;
  /** The path after the part that all requests of the account share. */
  path: string;
  /** The body of the request. */
  body: object;
  /** The recipient in the provider's format. */
  recipient: string;
  /** The recipient as the caller gave it. */
  to: MessageRecipient;
  /** The buttons whose replies the provider reports. */
  buttons: OfferedButton[];
  /** Whether the buttons are part of a numbered text. */
  numbered?: boolean;
  /** The original message. Missing if the caller used a DTO of the provider. */
  message?: Message;
}

/** The message in the provider's format, or the reasons why the provider does not support it. */
export type Mapping = { outgoing: OutgoingMessage } | { reasons: string[] };

/** What the response to an accepted message contains. */
export interface ResponseFacts {
  messageId?: string | undefined;
  /** All IDs of the message, if it has several. */
  providerIds?: string[] | undefined;
  /** The conversation of the message. */
  conversation?: string | undefined;
  /** WhatsApp's user ID of the recipient. */
  userId?: string | undefined;
}

/** An accepted message and its response. */
export interface SendResult<Result> {
  sent: SentMessage;
  result: Result;
  facts: ResponseFacts;
  /** The message as sent. The adapter may have completed it. */
  outgoing: OutgoingMessage;
  /** The trace context of the send, if it is traced. */
  traceparent?: string | undefined;
}

/** Whether an account can send messages, according to its provider. */
export type ProviderHealth =
  | { status: 'up' }
  /** `detail` is the provider's text. */
  | { status: 'down'; reason: string; detail?: string | undefined };

/** A message that an account received. */
export interface InboundMessage {
  from: EventSender;
  /** The provider's ID of the message. */
  messageId: string;
}

/** The options of `markRead`. @publicApi */
export interface MarkReadOptions {
  /**
   * Also shows the person that you are typing, until you send something, for at most 25 seconds. Only the WhatsApp Cloud
   * API can; the other providers ignore it.
   *
   * @default false
   */
  typing?: boolean;
}

/** Where a file of a message is, and what the provider says about it. */
export interface MediaLocation {
  url: string;
  /** The base URL of the account, whose host also has files. */
  baseUrl: string;
  /** The hosts of files: the provider's, and those of the account's `mediaHosts`. One that begins with a dot stands for all its subdomains. */
  hosts: readonly string[];
  /** Builds the request of a URL whose host was checked, with credentials if they belong to that host. */
  request(url: URL): HttpRequest;
  mimeType?: string | undefined;
  /** In bytes. */
  size?: number | undefined;
  /** In lower-case hexadecimal digits. */
  sha256?: string | undefined;
}

/** Connects the package to one provider. `adapter-definitions.ts` registers the adapters. */
export interface ProviderAdapter<A extends Account = Account, Result = unknown> {
  /** Verifies and parses webhooks. */
  readonly webhook: WebhookAdapter<A>;

  /** Converts a message into the provider's format. */
  map(message: Message, account: A): Mapping;

  /** Converts a message into a text with numbered buttons or rows. */
  mapText(message: RichMessage, account: A): Mapping;

  /** Makes a message quote another one, by the provider's ID of that. Missing if the provider has no quotes. */
  quote?(outgoing: OutgoingMessage, inReplyTo: string): Mapping;

  /** Returns the request that `send` would make. Sends nothing. */
  preview(outgoing: OutgoingMessage, account: A): RequestPreview;

  /** Sends what `map` or `mapText` returned. */
  send(outgoing: OutgoingMessage, account: A, context: SendContext): Promise<SendResult<Result>>;

  /** Shows the person that a message was read. Missing if the provider has no such request. */
  markRead?(message: InboundMessage, account: A, options: MarkReadOptions, context: RequestContext): Promise<void>;

  /**
   * Finds a file that an account received. Missing if the provider has no files.
   *
   * @throws InvalidMessageError if the event does not identify the file.
   * @throws MediaNotFoundError if the provider no longer has it.
   */
  locateMedia?(media: InboundMedia, account: A, context: RequestContext): Promise<MediaLocation>;

  /**
   * Checks if the account can send, by the cheapest authenticated request.
   *
   * @throws ButtonMessagingError if the provider rejects the request or does not respond.
   */
  checkHealth(account: A, context: RequestContext): Promise<ProviderHealth>;
}
