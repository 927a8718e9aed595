import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedUser } from '../webhooks/simulated-user.js';
import type { CallbackPlan, MessageCallbacks } from './callback-plan.js';
import type { SendCallback } from './send-callback.interface.js';

/** Runs the planned callbacks of messages. */
export class CallbackRunner {
  constructor(
    private readonly plan: CallbackPlan,
    private readonly recipient: SimulatedUser,
  ) {}

  /** Takes the callbacks of a message. Call it once per message. */
  following(message: AcceptedMessage): MessageCallbacks {
    return this.plan.take(message);
  }

  /** Runs callbacks in order. Errors are events, and do not stop the others. */
  async run({ id }: AcceptedMessage, callbacks: readonly SendCallback[]): Promise<void> {
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
