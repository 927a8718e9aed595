import type { IncomingHttpHeaders } from 'node:http';
import type { AccountNews } from './inbound/account-news.interface.js';
import type { DeliverOptions } from './inbound/inbound.interface.js';
import type { Inbound } from './inbound/inbound.js';
import type { JsonObject } from './json.js';
import type { AcceptedMessage, DeliveryFailure, MessageStatus } from './messages/accepted-message.interface.js';
import type { PhoneContent } from './phones/phone-message.interface.js';
import type { HttpResponse } from './server/http-response.js';
import type { SimulatedAccount, SimulatedProviderName } from './simulated-account.interface.js';

/** A request as a provider gets it: its path without the simulator's prefix. */
export interface ProviderRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a provider knows of a message it accepts; the rest is the store's to add. */
export type MessageDraft = Omit<AcceptedMessage, 'requestId' | 'receivedAt' | 'status' | 'failure' | 'answers'>;

/**
 * What a provider makes of a request. Nothing is changed until `settle` is called, as a fault may undo it. `done` is a
 * request that changes something and sends nothing, such as marking a message as read.
 */
export type Handling =
  | {
      readonly kind: 'accepted';
      readonly answer: HttpResponse;
      readonly message: MessageDraft;
      readonly settle?: () => void;
    }
  | { readonly kind: 'done'; readonly answer: HttpResponse; readonly settle?: () => void }
  | { readonly kind: 'refused' | 'read'; readonly answer: HttpResponse };

/** What became of a message on its way. */
export interface Passage extends Omit<DeliverOptions, 'times' | 'gzip'> {
  readonly status: MessageStatus;
  readonly failure: DeliveryFailure | undefined;
}

/** What of an account book is the same for every provider. */
export interface KnownAccounts {
  list(): SimulatedAccount[];
  named(name: string): SimulatedAccount | undefined;
  get(name: string): SimulatedAccount;
  add(name: string, given: JsonObject): SimulatedAccount;
  change(name: string, given: JsonObject): SimulatedAccount;
  remove(name: string): boolean;
}

/** One provider as the simulator plays it. */
export interface ProviderSimulation {
  readonly name: SimulatedProviderName;
  /** The first part of its addresses: `/z-api`. */
  readonly pathPrefix: string;
  readonly baseUrl: string;
  readonly accounts: KnownAccounts;
  handle(request: ProviderRequest): Handling;
  /** How this provider words a rate limit. */
  rateLimited(): HttpResponse;
  /** The body of the webhook for a status. Throws if this provider has none for it. */
  passage(message: AcceptedMessage, passage: Passage): JsonObject;
  /** The body of the webhook for what a person sends to an account. Throws if this provider has none for it. */
  inbound(account: string, inbound: Inbound): JsonObject;
  /** The body of the webhook by which an account hears of a message of its own. */
  echo(message: AcceptedMessage): JsonObject;
  /** The body of the webhook for what happens to an account. Throws if this provider has none for it. */
  accountNews(account: string, news: AccountNews): JsonObject;
  /** The body with fields put in beside those of a message. */
  withFields(body: JsonObject, fields: JsonObject): JsonObject;
  /** Several bodies as one; undefined if this provider has one event to a body. */
  together(bodies: readonly JsonObject[]): JsonObject | undefined;
  /** The address at which an account has asked for this webhook; undefined: at the address of all. */
  webhookAddress(account: string, body: JsonObject): string | undefined;
  /** What the provider tells of a message's way. */
  readonly receipts: readonly MessageStatus[];
  /** Whose phone a message is on: a number, or what else it was addressed to. */
  addressee(message: AcceptedMessage): string;
  /** The group that a message went to, if it went to one. */
  groupOf(message: AcceptedMessage): string | undefined;
  /** What a phone shows of the message. */
  drawing(message: AcceptedMessage): PhoneContent;
  /** The webhook's body as this provider writes it. Default: as `JSON.stringify` does. */
  writeWebhook?(body: JsonObject): string;
  /** The headers by which the receiver knows that a webhook is this provider's. */
  webhookCredentials(account: string, body: Buffer): Readonly<Record<string, string>>;
}
