import { Injectable } from '@nestjs/common';
import { MemorySentMessageStore, type RememberedMessage } from 'nestjs-button-messaging';
import { TimelinesService } from './timelines.service.js';

const MAX_MESSAGES = 10_000;

/** Stores sent messages, and adds a late fallback to the timeline of its message. */
@Injectable()
export class TrackingSentMessageStore extends MemorySentMessageStore {
  constructor(private readonly timelines: TimelinesService) {
    super(MAX_MESSAGES);
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
