import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../adapters/provider.registry.js';
import { sendContext } from '../adapters/send-context.js';
import { SendsInFlight } from '../adapters/sends-in-flight.js';
import { SentMessageRecorder } from '../adapters/sent-message.recorder.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { failureOf } from '../errors/store-answer.error.js';
import type { MessageStatusEvent } from '../events/messaging-event.interface.js';
import { newId } from '../message/new-id.js';
import { IdempotencyService } from '../resilience/idempotency.service.js';
import { rememberedAs } from '../stores/remembered-messages.js';
import { type RememberedMessage, SentMessageStore } from '../stores/sent-message.store.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';

/** Sends a message's text fallback when a status reports that its buttons were rejected, once per message. */
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
  async send(event: MessageStatusEvent): Promise<void> {
    try {
      for (const messageId of event.messageIds) {
        const remembered = await rememberedAs(this.store, event.account, messageId);
        if (remembered?.lateFallback) await this.sendOnce(remembered);
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

  private async sendOnce({ sent, lateFallback: message }: RememberedMessage): Promise<void> {
    if (!message) return;
    const account = await this.config.account(sent.account);
    const provider = this.providers.of(account);
    const fields = { account: account.name, provider: account.provider, id: sent.id };
    const mapping = provider.mapText(message, account);
    if ('reasons' in mapping) {
      const reasons = mapping.reasons.join('; ');
      this.logger.error(`No late fallback for a message of account ${account.name}: ${reasons}.`, fields);
      return;
    }
    const outgoing = { ...mapping.outgoing, message };
    const context = sendContext({}, { id: newId() });
    const call = { key: `late fallback ${sent.id}`, scope: [account.name], content: sent.id };
    // A reply may arrive before the response to the send.
    const inFlightSend = this.inFlightSends.open(account.name, message.to);
    const sendText = async () => {
      const accepted = await provider.send(outgoing, account, { ...context, inFlightSend });
      // Replies to the fallback resolve the wait for the original message.
      const text = { ...accepted.sent, id: sent.id, degraded: 'text' as const };
      await this.sentMessages.record({ sent: text, parts: [accepted] });
      return text;
    };
    await this.idempotency.runOnce(call, context, () => sendText().finally(() => inFlightSend.end()));
    const what = `The buttons of a message of account ${account.name} were rejected. Its text fallback was sent.`;
    this.logger.log(what, fields);
  }
}
