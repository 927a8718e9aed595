import { MemorySentMessageStore, type RememberedMessage } from 'nestjs-button-messaging';
import type { TimelinesService } from './timelines.service.js';

const KEPT = 10_000;

/** Remembers what was sent, and writes a numbered text that came after refused buttons into its message's timeline. */
export class TrackingSentMessageStore extends MemorySentMessageStore {
  constructor(private readonly timelines: TimelinesService) {
    super(KEPT);
  }

  override remember(message: RememberedMessage): void {
    super.remember(message);
    const { sent } = message;
    const wasAccepted = this.timelines.of(sent.id)?.entries.some(({ kind }) => kind === 'accepted');
    if (wasAccepted && sent.degraded === 'text') {
      this.timelines.addTo(sent.id, { kind: 'late-text', at: sent.acceptedAt, sent });
    }
  }
}
