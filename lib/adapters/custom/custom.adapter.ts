import { Injectable } from '@nestjs/common';
import type { CustomAccount } from '../../config/accounts/custom.account.js';
import type { CustomMapping, CustomProvider } from '../../config/accounts/custom-provider.interface.js';
import {
  isButtonMessage,
  isListMessage,
  isTemplateMessage,
  type Message,
  type RichMessage,
} from '../../message/message.interface.js';
import type { RequestPreview } from '../../message/message-preview.interface.js';
import { recipientKind } from '../../message/recipient-kind.js';
import { textFallback } from '../../message/text-fallback.js';
import type { OfferedButton } from '../../stores/sent-message.store.js';
import type { AttemptLimits } from '../../transport/request-attempt.js';
import { ProviderClient, type ProviderMessageId } from '../provider.client.js';
import type {
  Mapping,
  OutgoingMessage,
  ProviderAdapter,
  ProviderHealth,
  SendResult,
} from '../provider-adapter.interface.js';
import type { RequestContext, SendContext } from '../send-context.js';
import { offeredInTemplate } from '../template-buttons.js';
import { textFallbackMapping } from '../text-fallback-mapping.js';
import { CustomTransport } from './custom.transport.js';
import { customWebhook } from './custom.webhook.js';

/** The adapter of all providers that applications implement. */
@Injectable()
export class CustomAdapter implements ProviderAdapter<CustomAccount, ProviderMessageId> {
  readonly webhook = customWebhook;

  constructor(
    private readonly client: ProviderClient,
    private readonly transport: CustomTransport,
  ) {}

  map(message: Message, { custom }: CustomAccount): Mapping {
    if (isButtonMessage(message)) {
      const replies = message.buttons.filter((button) => button.type === 'reply');
      return outgoingOf(custom.map(message), replies);
    }
    if (isTemplateMessage(message)) {
      if (!custom.mapTemplate) return { reasons: [`${custom.name} does not support templates`] };
      return outgoingOf(custom.mapTemplate(message), offeredInTemplate(message.template));
    }
    if (!isListMessage(message)) return mapText(custom, message, message.text);
    if (!custom.mapList) return { reasons: [`${custom.name} does not support lists`] };
    const rows = message.list.sections.flatMap((section) => section.rows);
    return outgoingOf(custom.mapList(message), rows);
  }

  mapText(message: RichMessage, { custom }: CustomAccount): Mapping {
    return textFallbackMapping(mapText(custom, message, textFallback(message)), message);
  }

  preview({ path, body }: OutgoingMessage): RequestPreview {
    return { method: 'POST', path, body };
  }

  send(
    outgoing: OutgoingMessage,
    account: CustomAccount,
    context: SendContext,
  ): Promise<SendResult<ProviderMessageId>> {
    const { operation, recipient, body } = outgoing;
    const attempt = (each: AttemptLimits) => this.transport.attempt(account, { operation, recipient, body }, each);
    return this.client.sendBy(attempt, account, outgoing, context);
  }

  async checkHealth({ custom }: CustomAccount, { signal }: RequestContext): Promise<ProviderHealth> {
    await custom.check?.({ ...(signal && { signal }) });
    return { status: 'up' };
  }
}

function mapText(custom: CustomProvider, message: Message, text: string): Mapping {
  if (!custom.mapText) return { reasons: [`${custom.name} does not support texts without buttons`] };
  return outgoingOf(custom.mapText(message, text), []);
}

function outgoingOf(mapping: CustomMapping, choices: readonly { id: string; title: string }[]): Mapping {
  if ('reasons' in mapping) return mapping;
  const buttons = choices.map(({ id, title }): OfferedButton => ({ id, title }));
  // Any other recipient is the provider's own ID of the chat.
  const { operation, recipient } = mapping;
  const to = recipientKind(recipient) === undefined ? { conversation: recipient } : recipient;
  return { outgoing: { ...mapping, path: operation, to, buttons } };
}
