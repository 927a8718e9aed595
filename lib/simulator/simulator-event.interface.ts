import type { Fault } from './faults/fault.interface.js';
import type { AcceptedMessage, MessageStatus } from './messages/accepted-message.interface.js';
import type { RecordedRequest } from './server/recorded-request.interface.js';
import type { SimulatedProviderName } from './simulated-account.interface.js';

/** The subject of a webhook: a reply, a status, or something else. @publicApi */
export interface WebhookNews {
  /** Missing if it does not belong to an accepted message. */
  readonly messageId?: string;
  /** The reply's index in the message's `answers`. */
  readonly answer?: number;
  readonly status?: MessageStatus;
  /** A short description of any other subject. */
  readonly other?: string;
  /** The sender's address, if it does not belong to an accepted message. */
  readonly address?: string;
}

/**
 * An event of the simulator, distinguished by `kind`. It can be serialized as JSON.
 *
 * - `request`: a request to a provider arrived.
 * - `fault`: a fault was injected into it. `accepted` says whether a valid message is accepted anyway.
 * - `accepted`: a message was accepted.
 * - `refused`: a provider's own rules rejected a request.
 * - `answered`: the request ended: with a response, or a closed connection. A silent timeout has no such event.
 * - `changed`: a message has a new status or a reply.
 * - `webhook`: a webhook was responded to with `status`, or could not be sent because of `error`.
 *
 * @publicApi
 */
export type SimulatorEvent =
  | { readonly kind: 'request' | 'answered'; readonly at: Date; readonly request: RecordedRequest }
  | {
      readonly kind: 'fault';
      readonly at: Date;
      readonly request: RecordedRequest;
      readonly fault: Fault;
      readonly accepted: boolean;
    }
  | { readonly kind: 'accepted' | 'changed'; readonly at: Date; readonly message: AcceptedMessage }
  | { readonly kind: 'refused'; readonly at: Date; readonly request: RecordedRequest; readonly status: number }
  | {
      readonly kind: 'webhook';
      readonly at: Date;
      readonly provider: SimulatedProviderName;
      /** Empty if no URL is set. */
      readonly url: string;
      /** Missing if the webhook verified the URL. */
      readonly news?: WebhookNews;
      readonly status?: number;
      readonly error?: string;
    };
