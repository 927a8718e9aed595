import { filter, type Subscription } from 'rxjs';
import { errorName } from '../errors/error-name.js';
import type { MessageStatusEvent } from '../events/messaging-event.interface.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { ButtonMessagingEvents } from '../webhooks/button-messaging.events.js';
import type { HeldMessages } from './held-messages.js';

/**
 * Settles a message of which nobody knew whether it went out, when a status names it by our own id: its provider has
 * accepted it. Only the Cloud API brings that id back; what other providers tell of an unknown message proves nothing.
 */
export class HeldMessageReconciler {
  private subscription: Subscription | undefined;

  constructor(
    private readonly messages: ButtonMessagingEvents,
    private readonly held: HeldMessages,
    private readonly logger: MessagingLogger,
  ) {}

  start(): void {
    // The outcome of a message that is remembered is known already.
    const unknown = this.messages.statuses$.pipe(filter(({ sentId, sent }) => sentId !== undefined && !sent));
    this.subscription = unknown.subscribe((event) => void this.settle(event));
    // Of a message that was held its worker remembered that its outcome is unknown.
    this.subscription.add(this.messages.settled$.subscribe(({ sent }) => void this.confirm(sent)));
  }

  stop(): void {
    this.subscription?.unsubscribe();
  }

  private async settle({ sentId: id = '', provider, account, messageIds, at }: MessageStatusEvent): Promise<void> {
    const [messageId] = messageIds;
    await this.confirm({ id, provider, account, acceptedAt: at, ...(messageId !== undefined && { messageId }) });
  }

  private async confirm(sent: Parameters<HeldMessages['confirmSent']>[0]): Promise<void> {
    const { id, account, provider, messageId } = sent;
    const fields = { id, account, provider, messageId };
    try {
      if (await this.held.confirmSent(sent)) this.logger.log(`Message ${id} went out: a webhook proves it.`, fields);
    } catch (error) {
      const name = errorName(error);
      this.logger.error(`A webhook proves that message ${id} went out, and it could not be written down: ${name}.`, {
        ...fields,
        error: name,
      });
    }
  }
}
