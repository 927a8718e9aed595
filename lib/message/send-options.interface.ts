import type { OptionNames } from './option-names.js';

/** What every send takes besides its message. */
export interface SendOptions {
  /** The account's name. Default: the default account, or the only one that can be meant. */
  account?: string;
  /** Ends the send: before the request as `not-sent`, after it as `unknown`. */
  signal?: AbortSignal;
  /** How long one attempt may take, in milliseconds. Default: the module's `http.timeoutMs`. */
  timeoutMs?: number;
  /** How long everything together may take, in milliseconds: waiting for a turn, attempts, failover. Default: no limit. */
  deadlineMs?: number;
  /** Within 24 hours one message goes out under one key, however often it is sent. */
  idempotencyKey?: string;
}

/** Their names. */
export const SEND_OPTIONS: OptionNames<SendOptions> = {
  account: true,
  signal: true,
  timeoutMs: true,
  deadlineMs: true,
  idempotencyKey: true,
};
