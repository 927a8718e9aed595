import type { MessageStatus } from '../messages/accepted-message.interface.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';
import type { PhoneMessage, WebhookOutcome } from './phone-message.interface.js';

/** What a webhook told the application. */
export type WebhookSubject =
  | { readonly kind: 'press' | 'text'; readonly text: string }
  | { readonly kind: 'status'; readonly status: MessageStatus }
  | { readonly kind: 'verification' };

/** Something that went between the simulator and the application, other than an accepted message. */
export type PhoneActivity = {
  /** Counts up from 1. */
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly provider: SimulatedProviderName;
} & (
  | {
      readonly kind: 'webhook';
      /** Whose phone it came from; absent for a verification. */
      readonly address?: string;
      readonly subject: WebhookSubject;
      readonly outcome: WebhookOutcome;
    }
  | {
      /** A request of the application that came to nothing. */
      readonly kind: 'refused';
      readonly method: string;
      /** With credentials masked. */
      readonly path: string;
      /** Absent where the connection was ended without an answer. */
      readonly status?: number;
      /** The beginning of the answer. */
      readonly words: string;
    }
);

/** Where a provider is played. */
export interface PlayedProvider {
  readonly provider: SimulatedProviderName;
  readonly baseUrl: string;
  /** How many messages it accepted since the start. */
  readonly accepted: number;
}

/** What a page is told by server-sent events: everything as `snapshot`, then what is new as `changes`. */
export interface PhoneNews {
  readonly providers: readonly PlayedProvider[];
  /** The base of the application's webhook routes, or null where none is set. */
  readonly webhooks: string | null;
  /** Oldest first; in `changes` those that are new or have changed. */
  readonly messages: readonly PhoneMessage[];
  /** Oldest first. */
  readonly activities: readonly PhoneActivity[];
}
