import type { FailureCategory } from '../errors/failure-category.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import { BUTTON_MESSAGE_OPTIONS, type ButtonMessageOptions } from '../message/button-message-options.interface.js';
import type { OptionNames } from '../message/option-names.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { TraceCarrier } from './queue-telemetry.js';

/**
 * Where a message is.
 *
 * - `waiting`, `delayed` (for its time or its turn), `active`: it is to be sent.
 * - `sent`: its provider accepted it.
 * - `failed`: it was not sent, and will not be.
 * - `held`: nobody knows whether it went out. People decide, by `release`.
 */
export type QueuedMessageState = 'waiting' | 'delayed' | 'active' | 'sent' | 'failed' | 'held';

/**
 * The options of `enqueue`. `deadlineMs` counts from `sendAt`, or from now; what has not been sent by then fails. An
 * `idempotencyKey` is the queue's own: one message is queued under it for as long as it can be found, unless it failed,
 * was cancelled or discarded.
 */
export interface EnqueueOptions extends Omit<ButtonMessageOptions, 'signal'> {
  /** Not before; at the latest in September 2039, as far as BullMQ keeps the order on Redis. */
  sendAt?: Date;
  /** 1 is first, 2,097,151 last; those without come before all. */
  priority?: number;
  /** Names what belongs together, as a campaign: 1–200 characters. `counts`, `list`, `retry` and `cancel` take it. */
  group?: string;
}

const { signal: _, ...OPTIONS_OF_BOTH } = BUTTON_MESSAGE_OPTIONS;

/** Their names. */
export const ENQUEUE_OPTIONS: OptionNames<EnqueueOptions> = {
  ...OPTIONS_OF_BOTH,
  sendAt: true,
  priority: true,
  group: true,
};

/** What went wrong with a message: the error's code, and its words. */
export interface MessageError {
  /** The error's code: `rate-limited`, `unknown-outcome`, … */
  code: string;
  /** Its words; they may repeat the provider's. */
  message: string;
  /** What it is about; missing of messages that failed before this was kept. */
  category?: FailureCategory;
}

/** A message in the queue. */
export interface QueuedMessage {
  /** What `enqueue` gave; that of the `SentMessage` too. */
  id: string;
  state: QueuedMessageState;
  /** As it was enqueued. Empty where another version of this package queued it in a form that this one cannot read. */
  message: ButtonMessage;
  /** The account that sends it, decided when it was enqueued; undefined where `via` names several. */
  account: string | undefined;
  /** The group that it was enqueued in. */
  group?: string;
  /** Where it was sent. */
  sent?: SentMessage;
  /** The last one. */
  error?: MessageError;
  /** How often it was taken up. */
  attempts: number;
  /** When it was accepted. */
  enqueuedAt: Date;
}

/** What is kept of a message while it is queued. */
export interface QueuedJob {
  /** Of this form; missing of messages that were queued before there was one. */
  version?: number;
  message: ButtonMessage;
  options: Omit<EnqueueOptions, 'sendAt' | 'priority' | 'idempotencyKey' | 'deadlineMs' | 'group'>;
  /** The names of the accounts that may send it. */
  accounts: string[];
  enqueuedAt: number;
  /** When its deadline passes. */
  deadlineAt?: number;
  group?: string;
  /** Where its id stands for a key, under which it is enqueued once. */
  once?: {
    /** Of what was asked for, to tell a repeated key from a conflict. */
    fingerprint: string;
    /** Stands for the call that enqueued it: another call may have been first. */
    call: string;
  };
  /** Stands for the release of a held message by which it came back. */
  release?: string;
  /** The trace in which it was enqueued. */
  trace?: TraceCarrier;
  /** How it ended, where that became known only after it was held. */
  settled?: SentMessage;
}

/** What is kept of a message of which nobody knows whether it went out. */
export interface HeldJob extends QueuedJob {
  error: MessageError;
  attempts: number;
}

/** How a job ended. */
export type QueuedJobEnd = { sent: SentMessage } | { held: true };
