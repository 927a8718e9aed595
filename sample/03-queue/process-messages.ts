import type { HeldInvitation } from './campaign.service.js';

/** What a process does: bring the invitations into the queue, send them, or both. */
export type Role = 'producer' | 'worker' | 'both';

/** What the process that enqueues tells of the queue, several times a second. */
export interface Report {
  /** Invitations in the queue so far, sent or not. */
  queued: number;
  counts: Record<'waiting' | 'delayed' | 'active' | 'sent' | 'failed' | 'held', number>;
  /** There once nothing is left to send. */
  held?: HeldInvitation[];
}

/** What is to become of held invitations. */
export interface Decision {
  id: string;
  how: 'resend' | 'discard';
}
