import { Injectable } from '@nestjs/common';
import type { OutcomeSettledEvent, ParsedEvent } from '../../events/messaging-event.interface.js';
import type { SentMessage } from '../../message/sent-message.interface.js';
import { type RememberedMessage, SentMessageStore } from '../../stores/sent-message.store.js';
import { MessagingLogger } from '../../telemetry/messaging.logger.js';

/** Records a message with an unknown outcome as sent, once a callback confirms it. */
@Injectable()
export class OutcomeSettler {
  constructor(
    private readonly store: SentMessageStore,
    private readonly logger: MessagingLogger,
  ) {}

  /** Records the message with the provider's ID, if the callback has one. Never fails. */
  async settle(
    { isUnknown: _, ...remembered }: RememberedMessage,
    { kind, provider, account, at, raw }: ParsedEvent,
    messageId: string | undefined,
  ): Promise<OutcomeSettledEvent> {
    const ids = messageId === undefined ? {} : { messageId, providerIds: [messageId] };
    const sent: SentMessage = { ...remembered.sent, ...ids };
    try {
      await this.store.remember({ ...remembered, sent, messageIds: ids.providerIds ?? [] });
    } catch {
      this.logger.error(`SentMessageStore failed. Message ${sent.id} keeps its unknown outcome there.`, {
        account,
        provider,
        id: sent.id,
      });
    }
    this.logger.log(`Message ${sent.id} of account ${account} was sent: confirmed by a ${kind}.`, {
      account,
      provider,
      id: sent.id,
      messageId,
    });
    const source = kind === 'echo' ? 'echo' : 'press';
    const evidence = { source, certainty: 'certain', at, ...(messageId !== undefined && { messageId }) } as const;
    return { kind: 'outcome-settled', provider, account, at, raw, sentId: sent.id, sent, evidence };
  }
}
