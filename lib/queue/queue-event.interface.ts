import type { SentMessage } from '../message/sent-message.interface.js';
import type { MessageError } from './queued-message.interface.js';

/** What happens to a queued message, in the process where it happens. */
export type QueueEvent =
  | { kind: 'enqueued'; id: string }
  | { kind: 'sent'; id: string; sent: SentMessage }
  | { kind: 'failed'; id: string; error: MessageError }
  | { kind: 'held'; id: string; error: MessageError }
  | { kind: 'released'; id: string; how: 'resend' | 'discard' };
