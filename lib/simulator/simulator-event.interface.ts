import type { Fault } from './faults/fault.interface.js';
import type { AcceptedMessage, MessageStatus } from './messages/accepted-message.interface.js';
import type { RecordedRequest } from './server/recorded-request.interface.js';
import type { SimulatedProviderName } from './simulated-account.interface.js';

/** What a webhook told the application of: an answer of the recipient, a status, or something else. */
export interface WebhookNews {
  /** Absent if it is about no accepted message. */
  readonly messageId?: string;
  /** The answer's place in the message's `answers`. */
  readonly answer?: number;
  readonly status?: MessageStatus;
  /** What else it was about, in a few words. */
  readonly other?: string;
  /** Whose phone it came from, if it is about no accepted message. */
  readonly address?: string;
}

/**
 * Something that happened in the simulator. Told apart by `kind`; everything in it can be written as JSON.
 *
 * - `request`: a request to a provider was read, before anything was made of it.
 * - `fault`: it was chosen to misbehave; `accepted` says whether a message that is in order is accepted all the same.
 * - `accepted`: a message was accepted.
 * - `refused`: a provider's own rules refused a request.
 * - `answered`: the request's life is over: it was answered, or its connection was ended. A silent time-out has none.
 * - `changed`: a message got a new status or an answer from its recipient.
 * - `webhook`: a webhook was answered with `status`, or could not be posted, which `error` then explains.
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
      /** `''` where no address is set. */
      readonly url: string;
      /** Absent where the webhook verified the address. */
      readonly news?: WebhookNews;
      readonly status?: number;
      readonly error?: string;
    };
