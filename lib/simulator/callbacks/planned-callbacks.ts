import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { Plan } from '../plans/plan.js';
import type { SimulatedUser } from '../webhooks/simulated-user.js';
import type { WebhookAnswer } from '../webhooks/webhook-answer.interface.js';
import type { SendCallback, SendCallbackOptions } from './send-callback.interface.js';

type When = NonNullable<SendCallbackOptions['when']>;

interface AccountCallbacks {
  readonly account: string;
  readonly callbacks: readonly SendCallback[];
  readonly when: When;
}

/** The planned callbacks of accounts. */
export class PlannedCallbacks {
  private readonly plan = new Plan<AccountCallbacks>();

  constructor(private readonly recipient: SimulatedUser) {}

  add(account: string, callbacks: readonly SendCallback[], options: SendCallbackOptions): void {
    const { when = 'after-answer', times = 1 } = options;
    this.plan.add({ account, callbacks, when }, times);
  }

  /** Takes the next callbacks for a message, for each of the two moments. Call it once per message. */
  take({ account }: AcceptedMessage): Readonly<Record<When, readonly SendCallback[]>> {
    const next = (when: When) =>
      this.plan.take((planned) => planned.account === account && planned.when === when)?.callbacks ?? [];
    return { 'before-answer': next('before-answer'), 'after-answer': next('after-answer') };
  }

  clear(accounts: readonly string[] | undefined): void {
    this.plan.clear(({ account }) => accounts === undefined || accounts.includes(account));
  }

  /** Runs callbacks in order. Errors are events, and do not stop the others. */
  async run({ id }: AcceptedMessage, callbacks: readonly SendCallback[]): Promise<void> {
    for (const callback of callbacks) await this.runOne(id, callback).catch(() => undefined);
  }

  private async runOne(messageId: string, callback: SendCallback): Promise<WebhookAnswer> {
    switch (callback.kind) {
      case 'deliver':
        return this.recipient.deliver(messageId, callback.status, callback.reason, callback.options);
      case 'press':
        return this.recipient.press(messageId, callback.button, callback.options);
      case 'type':
        return this.recipient.type(messageId, callback.text, callback.quoting ?? false, callback.options);
      case 'reply':
        return this.recipient.reply(messageId, callback.content, callback.options);
      case 'echo':
        return this.recipient.echo(messageId);
    }
  }
}
