import type { FailureCategory } from '../errors/failure-category.js';
import { BUTTON_MESSAGE_OPTIONS, type ButtonMessageOptions } from '../message/button-message-options.interface.js';
import type { Message } from '../message/message.interface.js';
import type { OptionNames } from '../message/send-options.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { TraceCarrier } from './queue-telemetry.js';

/**
 * The state of a queued message.
 *
 * - `waiting`, `delayed` (until `sendAt`, a retry or a rate limit), `active`: it will be sent.
 * - `sent`: its provider accepted it.
 * - `failed`: it was not sent, and will not be unless you call `retry`.
 * - `held`: its outcome is unknown. Call `release` to decide.
 *
 * @publicApi
 */
export type QueuedMessageState = 'waiting' | 'delayed' | 'active' | 'sent' | 'failed' | 'held';

/**
 * The options of `enqueue`. `deadlineMs` counts from `sendAt`, or from now. A message that has not been sent by then
 * fails. One message is queued for an `idempotencyKey` for as long as `find` returns it. The key is free again if the
 * message failed, was cancelled or discarded.
 *
 * @publicApi
 */
export interface EnqueueOptions extends Omit<ButtonMessageOptions, 'signal'> {
  /**
   * The earliest time to send it. The maximum is in September 2039, because BullMQ cannot order later jobs on Redis.
   */
  sendAt?: Date;
  /** 1 is first and 2,097,151 last. Messages without a priority are sent before all others. */
  priority?: number;
  /** Groups messages, for example of a campaign, for `counts`, `list`, `retry` and `cancel`. 1–200 characters. */
  group?: string;
}

const { signal: _, ...OPTIONS_OF_BOTH } = BUTTON_MESSAGE_OPTIONS;

export const ENQUEUE_OPTIONS: OptionNames<EnqueueOptions> = {
  ...OPTIONS_OF_BOTH,
  sendAt: true,
  priority: true,
  group: true,
};

/** The error of a message. @publicApi */
export interface MessageError {
  /** The error's code: `rate-limited`, `unknown-outcome`, … */
  code: string;
  /** Its text, which may quote the provider. */
  message: string;
  /** Undefined for messages that failed with an older version. */
  category?: FailureCategory;
}

/** A message in the queue. @publicApi */
export interface QueuedMessage {
  /** The ID that `enqueue` returned, and the ID of the `SentMessage`. */
  id: string;
  state: QueuedMessageState;
  /** The message as it was enqueued. Empty if this version cannot read it because another version queued it. */
  message: Message;
  /** The account that sends it, chosen when it was enqueued. Undefined if `via` names several. */
  account: string | undefined;
  /** The group of `EnqueueOptions`. */
  group?: string;
  /** Its result, if it was sent. */
  sent?: SentMessage;
  /** The last error. */
  error?: MessageError;
  /** How often a worker has tried to send it. */
  attempts: number;
  /** When the queue accepted it. */
  enqueuedAt: Date;
}

/** The stored data of a queued message. */
export interface QueuedJob {
  /** The version of this format. Older jobs have none. */
  version?: number;
  message: Message;
  options: Omit<EnqueueOptions, 'sendAt' | 'priority' | 'idempotencyKey' | 'deadlineMs' | 'group'>;
  /** The names of the accounts that may send it, in order. */
  accounts: string[];
  enqueuedAt: number;
  /** When its deadline passes, in milliseconds since 1970. */
  deadlineAt?: number;
  group?: string;
  /** Set if it has an idempotency key, from which its ID is derived. */
  once?: {
    /** A hash of message and options, which distinguishes a repeated call from a conflict. */
    fingerprint: string;
    /** Identifies the call that enqueued it, because another call may have been first. */
    call: string;
  };
  /** Identifies the release of a held message that requeued it. */
  release?: string;
  /** The trace in which it was enqueued. */
  trace?: TraceCarrier;
  /** Its result, if it became known after the message was held. */
  settled?: SentMessage;
}

/** The stored data of a held message. */
export interface HeldJob extends QueuedJob {
  error: MessageError;
  attempts: number;
}

/** The stored data of a paused account. */
export interface PausedAccount {
  account: string;
}

/** How a job ended. */
export type QueuedJobEnd = { sent: SentMessage } | { held: true };
