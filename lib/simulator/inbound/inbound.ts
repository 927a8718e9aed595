import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { InboundContent, InboundEnvelope } from './inbound.interface.js';

/** A person's message, for the callbacks of providers. */
export type Inbound = { readonly [K in keyof Omit<InboundEnvelope, 'from'>]: InboundEnvelope[K] | undefined } & {
  readonly from: SimulatedPerson;
  readonly content: InboundContent;
  /** The accepted message that it replies to. */
  readonly answered?: AcceptedMessage;
  /** Replaces the account's own ID in the body. */
  readonly heardBy: string | undefined;
};

/** Creates the error for a callback that a provider does not document. */
export function unsupportedCallback(provider: string, what: string): Error {
  return new Error(`${provider} documents no callback for "${what}". Use postWebhook() for any body`);
}
