import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedUser } from '../webhooks/simulated-user.js';
import type { CallbackPlan, Following } from './callback-plan.js';
import type { SendCallback } from './send-callback.interface.js';

/** Lets happen to messages what is to happen by itself. */
export class CallbackPlayer {
  constructor(
    private readonly plan: CallbackPlan,
    private readonly recipient: SimulatedUser,
  ) {}

  /** What is to follow this message; to be asked once for each. */
  following(message: AcceptedMessage): Following {
    return this.plan.take(message);
  }

  /** One after the other. What cannot be told is in the events, and keeps nothing from following. */
  async play({ id }: AcceptedMessage, callbacks: readonly SendCallback[]): Promise<void> {
    for (const callback of callbacks) await this.one(id, callback).catch(() => undefined);
  }

  private async one(messageId: string, callback: SendCallback): Promise<void> {
    const { recipient } = this;
    switch (callback.kind) {
      case 'deliver':
        await recipient.deliver(messageId, callback.status, callback.reason, callback.options);
        return;
      case 'press':
        if (typeof callback.button === 'number') await recipient.pressAt(messageId, callback.button, callback.options);
        else await recipient.press(messageId, callback.button, callback.options);
        return;
      case 'type':
        await recipient.type(messageId, callback.text, callback.quoting ?? false, callback.options);
        return;
      case 'echo':
        await recipient.echo(messageId);
    }
  }
}
