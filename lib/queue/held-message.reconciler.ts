import { Injectable } from '@nestjs/common';
import { filter, type Subscription } from 'rxjs';
import { errorName } from '../errors/error-name.js';
import type { MessageStatusEvent } from '../events/messaging-event.interface.js';
import { HeldMessages } from './held-messages.js';
import { MessagingCore } from './messaging-core.js';

/**
 * Resolves a held message when a status webhook contains the queue's ID of it, because then the provider accepted it.
 * Only the Cloud API returns that ID.
 */
@Injectable()
export class HeldMessageReconciler {
  private subscription: Subscription | undefined;

  constructor(
    private readonly held: HeldMessages,
    private readonly core: MessagingCore,
  ) {}

  start(): void {
    const { statuses$, settled$ } = this.core.events;
    // A message that the store of sent messages knows has a known outcome.
    const unknown$ = statuses$.pipe(filter(({ sentId, sent }) => sentId !== undefined && !sent));
    this.subscription = unknown$.subscribe((event) => void this.confirmStatus(event));
    // The store also records sends whose outcome is unknown.
    this.subscription.add(settled$.subscribe(({ sent }) => void this.confirm(sent)));
  }

  stop(): void {
    this.subscription?.unsubscribe();
  }

  private async confirmStatus({
    sentId: id = '',
    provider,
    account,
    messageIds,
    at,
  }: MessageStatusEvent): Promise<void> {
    const [messageId] = messageIds;
    await this.confirm({ id, provider, account, acceptedAt: at, ...(messageId !== undefined && { messageId }) });
  }

  private async confirm(sent: Parameters<HeldMessages['confirmSent']>[0]): Promise<void> {
    const { id, account, provider, messageId } = sent;
    const fields = { id, account, provider, messageId };
    try {
      if (!(await this.held.confirmSent(sent))) return;
      this.core.logger.log(`Message ${id} was sent: a webhook confirmed it.`, fields);
    } catch (error) {
      const name = errorName(error);
      const message = `Message ${id} was sent, as a webhook confirmed, but the queue could not record it: ${name}.`;
      this.core.logger.error(message, { ...fields, error: name });
    }
  }
}
