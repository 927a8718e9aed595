import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedPerson } from '../people/person.interface.js';
import type { InboundContent, InboundEnvelope } from './inbound.interface.js';

/** Something that a person sends, ready to be told in a provider's words. */
export interface Inbound extends Omit<InboundEnvelope, 'from'> {
  readonly from: SimulatedPerson;
  readonly content: InboundContent;
  /** The accepted message that it answers. */
  readonly answered?: AcceptedMessage;
  /** What the body names in place of the account's own id. */
  readonly heardBy?: string;
}

/** Says that a provider has no callback for something. */
export function untellable(provider: string, what: string): Error {
  return new Error(`${provider} documents no callback for "${what}"; postWebhook() posts any body`);
}
