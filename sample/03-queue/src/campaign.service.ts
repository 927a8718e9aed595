import { Injectable } from '@nestjs/common';
import type { ButtonMessage } from 'nestjs-button-messaging';
import { ButtonMessagingQueue } from 'nestjs-button-messaging/queue';

/** Invites each person once, however often the campaign is started. */
@Injectable()
export class CampaignService {
  constructor(private readonly queue: ButtonMessagingQueue) {}

  /** Yields the number of invitations in the queue. Invitations of an earlier run are not enqueued again. */
  async *invite(campaign: string, people: number): AsyncGenerator<number> {
    let queued = 0;
    for await (const { index, error } of this.queue.enqueueMany(invitations(people), { idempotencyKey: campaign })) {
      if (error) throw new Error(`Invitation ${String(index)} was not queued: ${error.message}`);
      queued += 1;
      yield queued;
    }
  }

  counts() {
    return this.queue.counts();
  }

  /** Returns the invitations whose outcome is unknown. */
  async held(): Promise<HeldInvitation[]> {
    const held: HeldInvitation[] = [];
    for await (const { id, message } of this.queue.held()) {
      if (typeof message.to === 'string') held.push({ id, to: message.to });
    }
    return held;
  }

  release(id: string, how: 'resend' | 'discard'): Promise<void> {
    return this.queue.release(id, how);
  }
}

export interface HeldInvitation {
  id: string;
  to: string;
}

function* invitations(people: number): Generator<ButtonMessage> {
  for (let person = 0; person < people; person += 1) {
    yield {
      to: `55119${String(80_000_000 + person)}`,
      text: 'We open our new shop on Saturday. Will you come?',
      buttons: [
        { type: 'reply', id: 'yes', title: 'I will' },
        { type: 'reply', id: 'no', title: 'Not this time' },
      ],
    };
  }
}
