import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from './json.js';
import type { AcceptedMessage, DeliveryFailure, MessageStatus } from './messages/accepted-message.interface.js';
import type { SimulatedButton } from './messages/simulated-button.interface.js';
import type { PhoneContent } from './phones/phone-message.interface.js';
import type { Answer } from './server/answer.js';
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

/** What a provider makes of a request. Nothing is changed until `settle` is called, as a fault may undo it. */
export type Handling =
  | { readonly kind: 'accepted'; readonly answer: Answer; readonly message: MessageDraft; readonly settle?: () => void }
  | { readonly kind: 'refused' | 'read'; readonly answer: Answer };

/** What the recipient, or the network on the way, does with a message. */
export type MessageAct =
  | { readonly kind: 'press'; readonly button: SimulatedButton }
  | { readonly kind: 'text'; readonly text: string; readonly quoting: boolean }
  | { readonly kind: 'status'; readonly status: MessageStatus; readonly failure: DeliveryFailure | undefined };

/** One provider as the simulator plays it. */
export interface ProviderSimulation {
  readonly name: SimulatedProviderName;
  /** The first part of its addresses: `/z-api`. */
  readonly pathPrefix: string;
  account(): SimulatedAccount;
  handle(request: ProviderRequest): Handling;
  /** How this provider words a rate limit. */
  rateLimited(): Answer;
  /** The body of the webhook for an act. Throws where this provider has no webhook for it. */
  callback(message: AcceptedMessage, act: MessageAct): JsonObject;
  /** What the provider tells of a message's way. */
  readonly receipts: readonly MessageStatus[];
  /** Whose phone a message is on: a number, or what else it was addressed to. */
  addressee(message: AcceptedMessage): string;
  /** What a phone shows of the message. */
  drawing(message: AcceptedMessage): PhoneContent;
  /** The headers by which the receiver knows that a webhook is this provider's. */
  webhookCredentials(body: Buffer): Readonly<Record<string, string>>;
}
