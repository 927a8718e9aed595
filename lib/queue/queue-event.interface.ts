import type { SentMessage } from '../message/sent-message.interface.js';
import type { MessageError } from './queued-message.interface.js';

/** An event of a queued message. @publicApi */
export type QueueEvent =
  | { kind: 'enqueued'; id: string }
  | { kind: 'sent'; id: string; sent: SentMessage }
  | { kind: 'failed'; id: string; error: MessageError }
  | { kind: 'held'; id: string; error: MessageError }
  | { kind: 'released'; id: string; how: 'resend' | 'discard' }
  | { kind: 'retried'; id: string };

/**
 * A change of an account's availability, in the process that detects it.
 *
 * - `unavailable`: its messages wait without using an attempt. The next attempt is at `retryAt`. Emitted once a minute.
 * - `available`: it can send again.
 *
 * @publicApi
 */
export type QueueAccountEvent =
  | { kind: 'unavailable'; account: string; error: MessageError; retryAt: Date }
  | { kind: 'available'; account: string };
