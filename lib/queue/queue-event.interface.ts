import type { SentMessage } from '../message/sent-message.interface.js';
import type { MessageError } from './queued-message.interface.js';

/** What happens to a queued message, in the process where it happens. */
export type QueueEvent =
  | { kind: 'enqueued'; id: string }
  | { kind: 'sent'; id: string; sent: SentMessage }
  | { kind: 'failed'; id: string; error: MessageError }
  | { kind: 'held'; id: string; error: MessageError }
  | { kind: 'released'; id: string; how: 'resend' | 'discard' }
  | { kind: 'retried'; id: string };

/**
 * Whether an account can send, in the process that finds it out.
 *
 * - `unavailable`: its messages wait, and use up no attempt; one is tried at `retryAt`. Told once a minute while it lasts.
 * - `available`: it can send again.
 */
export type QueueAccountEvent =
  | { kind: 'unavailable'; account: string; error: MessageError; retryAt: Date }
  | { kind: 'available'; account: string };
