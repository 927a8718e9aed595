import type { HeldInvitation } from './campaign.service.js';

/** What a process does: enqueue the invitations, send them, or both. */
export type Role = 'producer' | 'worker' | 'both';

/** The state of the queue, which the process that enqueues reports several times a second. */
export interface Report {
  /** The number of invitations enqueued so far, sent or not. */
  queued: number;
  counts: Record<'waiting' | 'delayed' | 'active' | 'sent' | 'failed' | 'held', number>;
  /** The held invitations, once nothing is left to send. */
  held?: HeldInvitation[];
}

/** What to do with a held invitation. */
export interface Decision {
  id: string;
  how: 'resend' | 'discard';
}
