import type { MessageStatus } from '../messages/accepted-message.interface.js';
import type { SimulatedProviderName } from '../simulated-account.interface.js';
import type { PhoneMessage, WebhookOutcome } from './phone-message.interface.js';

/** The subject of a webhook. */
export type WebhookSubject =
  | { readonly kind: 'press' | 'text'; readonly text: string }
  | { readonly kind: 'status'; readonly status: MessageStatus }
  | { readonly kind: 'verification' };

/** An activity between simulator and application, other than an accepted message. */
export type PhoneActivity = {
  /** Counts from 1. */
  readonly id: number;
  /** An ISO 8601 time. */
  readonly at: string;
  readonly provider: SimulatedProviderName;
} & (
  | {
      readonly kind: 'webhook';
      /** The sender's address. Missing for a verification. */
      readonly address?: string;
      readonly subject: WebhookSubject;
      readonly outcome: WebhookOutcome;
    }
  | {
      /** A request of the application that was rejected. */
      readonly kind: 'refused';
      readonly method: string;
      /** The path, with masked credentials. */
      readonly path: string;
      /** Missing if the connection was closed without a response. */
      readonly status?: number;
      /** The beginning of the response. */
      readonly words: string;
    }
);

/** A simulated provider. */
export interface PlayedProvider {
  readonly provider: SimulatedProviderName;
  readonly baseUrl: string;
  /** The number of accepted messages since the start. */
  readonly accepted: number;
}

/** The 24-hour windows of the Cloud API. */
export interface PhoneWindows {
  /** The names of the accounts that enforce them. */
  readonly enforcedBy: readonly string[];
  readonly open: readonly {
    readonly account: string;
    /** The person's phone number and IDs. */
    readonly addresses: readonly string[];
    /** The time at which it closes, by the clock of the machine. ISO 8601. */
    readonly until: string;
  }[];
}

/** A server-sent event: the whole state as `snapshot`, then new parts as `changes`. */
export interface PhoneNews {
  readonly providers: readonly PlayedProvider[];
  /** The URL of the application's webhook routes, or null if none is set. */
  readonly webhooks: string | null;
  /** Oldest first. In `changes`, the new and changed ones. */
  readonly messages: readonly PhoneMessage[];
  /** Oldest first. */
  readonly activities: readonly PhoneActivity[];
  /** Missing in `changes` if they have not changed. */
  readonly windows?: PhoneWindows;
}
