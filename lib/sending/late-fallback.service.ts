import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../adapters/provider.registry.js';
import { sendContext } from '../adapters/send-context.js';
import { SendsInFlight } from '../adapters/sends-in-flight.js';
import { SentMessageRecorder } from '../adapters/sent-message.recorder.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { failureOf } from '../errors/store-answer.error.js';
import type { EventHints, MessageStatusEvent } from '../events/messaging-event.interface.js';
import { isRichMessage, type Message } from '../message/message.interface.js';
import { newId } from '../message/new-id.js';
import { IdempotencyService } from '../resilience/idempotency.service.js';
import { rememberedAs } from '../stores/remembered-messages.js';
import { type RememberedMessage, SentMessageStore } from '../stores/sent-message.store.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';

/** Why a message that was accepted has to be sent in another form. */
export type LateFallbackReason = 'buttons-refused' | 'window-closed';

interface LateFallbackForm {
  degraded: 'text' | 'template';
  /** The start of its idempotency key. */
  key: string;
  /** What the status said, for the log. */
  cause: string;
}

const FORMS: Readonly<Record<LateFallbackReason, LateFallbackForm>> = {
  'buttons-refused': { degraded: 'text', key: 'late fallback', cause: 'The buttons were rejected' },
  'window-closed': { degraded: 'template', key: 'window closed', cause: 'The 24-hour window was closed' },
};

/** Returns why a status requires another message, if it does. */
export function lateFallbackReason({
  hints,
  category,
}: MessageStatusEvent & { hints?: EventHints }): LateFallbackReason | undefined {
  if (hints?.buttonsRefused) return 'buttons-refused';
  return category === 'window-closed' ? category : undefined;
}

/** Sends a message in another form when a status reports that it could not be delivered as it was, once per message. */
@Injectable()
export class LateFallback {
  constructor(
    private readonly store: SentMessageStore,
    private readonly config: ButtonMessagingConfig,
    private readonly providers: ProviderRegistry,
    private readonly idempotency: IdempotencyService,
    private readonly sentMessages: SentMessageRecorder,
    private readonly inFlightSends: SendsInFlight,
    private readonly logger: MessagingLogger,
  ) {}

  /** Sends the fallback. Never rejects: errors are logged. */
  async send(event: MessageStatusEvent, reason: LateFallbackReason): Promise<void> {
    try {
      for (const messageId of event.messageIds) {
        const remembered = await rememberedAs(this.store, event.account, messageId);
        const message = remembered && fallbackOf(remembered, reason);
        if (message) await this.sendOnce(message, remembered, reason);
      }
    } catch (error) {
      const name = failureOf(error);
      this.logger.error(`The late fallback of a message of account ${event.account} failed: ${name}.`, {
        account: event.account,
        provider: event.provider,
        error: name,
      });
    }
  }

  private async sendOnce(
    message: Message,
    { sent, asked: expectsReply }: RememberedMessage,
    reason: LateFallbackReason,
  ): Promise<void> {
    const { degraded, key, cause } = FORMS[reason];
    const account = await this.config.account(sent.account);
    const provider = this.providers.of(account);
    const asText = reason === 'buttons-refused' && isRichMessage(message);
    const mapping = asText ? provider.mapText(message, account) : provider.map(message, account);
    const fields = { account: account.name, provider: account.provider, id: sent.id };
    if ('reasons' in mapping) {
      const reasons = mapping.reasons.join('; ');
      this.logger.error(`No late fallback for a message of account ${account.name}: ${reasons}.`, fields);
      return;
    }
    const outgoing = { ...mapping.outgoing, message };
    const context = sendContext({}, { id: newId() });
    const call = { key: `${key} ${sent.id}`, scope: [account.name], content: sent.id };
    // A reply may arrive before the response to the send.
    const inFlightSend = this.inFlightSends.open(account.name, message.to);
    const sendFallback = async () => {
      const accepted = await provider.send(outgoing, account, { ...context, inFlightSend });
      // Replies to the fallback resolve the wait for the original message.
      const sentInstead = { ...accepted.sent, id: sent.id, degraded };
      await this.sentMessages.record({ sent: sentInstead, parts: [accepted], expectsReply });
      return sentInstead;
    };
    await this.idempotency.runOnce(call, context, () => sendFallback().finally(() => inFlightSend.end()));
    this.logger.log(`${cause} for a message of account ${account.name}. A ${degraded} was sent instead.`, fields);
  }
}

function fallbackOf(
  { sent, lateFallback, windowClosed: template }: RememberedMessage,
  reason: LateFallbackReason,
): Message | undefined {
  if (reason === 'buttons-refused') return lateFallback;
  return template && { to: sent.to, template };
}
