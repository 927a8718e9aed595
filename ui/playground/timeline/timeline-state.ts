import type { ShownTimeline } from '../client/live-state.js';

export type TimelineState = 'sending' | 'accepted' | 'failed' | 'unknown' | 'held' | 'answered';

/** Returns the state of a message. */
export function stateOf({ entries }: ShownTimeline): TimelineState {
  return entries.reduce<TimelineState>((before, entry) => {
    switch (entry.kind) {
      case 'accepted':
      case 'late-text':
        return 'accepted';
      case 'failed':
        return entry.outcome === 'unknown' ? 'unknown' : 'failed';
      case 'held':
        return 'held';
      case 'released':
        return entry.how === 'resend' ? 'sending' : 'failed';
      case 'status':
        return entry.status === 'failed' ? 'failed' : before;
      case 'handled':
        return 'answered';
      default:
        return before;
    }
  }, 'sending');
}
