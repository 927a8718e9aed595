import { Injectable } from '@nestjs/common';
import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { ButtonMessage } from '../../message/button-message.interface.js';
import type { RequestPreview } from '../../message/message-preview.interface.js';
import { DtoValidator } from '../../validation/index.js';
import { ProviderClient, type WireFormat } from '../provider.client.js';
import type {
  Mapping,
  OutgoingMessage,
  ProviderAdapter,
  ProviderHealth,
  SendResult,
} from '../provider-adapter.interface.js';
import { previewRequest } from '../request-preview.js';
import type { RequestContext, SendContext } from '../send-context.js';
import { textFallbackMapping } from '../text-fallback-mapping.js';
import type { CloudMessageDto } from './dto/index.js';
import { callbackDataOf } from './whatsapp-cloud.callback-data.js';
import { type CloudMapping, mapToCloud, mapToCloudText } from './whatsapp-cloud.mapper.js';
import { type CloudOperation, CTA_URL, outgoingOf, REPLY_BUTTONS, TEXT } from './whatsapp-cloud.operations.js';
import { phoneNumberRead } from './whatsapp-cloud.reads.js';
import { whatsAppCloudRequestBuilder } from './whatsapp-cloud.request-builder.js';
import { type CloudSendResult, readSend } from './whatsapp-cloud.responses.js';
import { whatsAppCloudWebhook } from './whatsapp-cloud.webhook.js';

const WIRE: WireFormat<WhatsAppCloudAccount, CloudSendResult> = {
  requestBuilderFor: whatsAppCloudRequestBuilder,
  read: readSend,
  facts: ({ messageId, userId }) => ({ messageId, userId }),
  sampleBody: (messageId, recipient) => ({ messages: [{ id: messageId }], contacts: [{ wa_id: recipient }] }),
};

/** Sends messages of `ButtonMessagingService` through the WhatsApp Cloud API. */
@Injectable()
export class WhatsAppCloudAdapter implements ProviderAdapter<WhatsAppCloudAccount, CloudSendResult> {
  readonly webhook = whatsAppCloudWebhook;

  constructor(
    private readonly validator: DtoValidator,
    private readonly client: ProviderClient,
  ) {}

  map(message: ButtonMessage): Mapping {
    return this.mappingOf(mapToCloud(message));
  }

  mapText(message: ButtonMessage): Mapping {
    return textFallbackMapping(this.mappingOf(mapToCloudText(message)), message);
  }

  preview(outgoing: OutgoingMessage, account: WhatsAppCloudAccount): RequestPreview {
    return previewRequest(WIRE, account, outgoing);
  }

  send(
    outgoing: OutgoingMessage,
    account: WhatsAppCloudAccount,
    context: SendContext,
  ): Promise<SendResult<CloudSendResult>> {
    const { correlationId } = context;
    if (correlationId === undefined) return this.client.send(WIRE, account, outgoing, context);
    const body = { ...outgoing.body, biz_opaque_callback_data: callbackDataOf(correlationId) };
    return this.client.send(WIRE, account, { ...outgoing, body }, context);
  }

  async checkHealth(account: WhatsAppCloudAccount, context: RequestContext): Promise<ProviderHealth> {
    await this.client.read(phoneNumberRead(account), context);
    return { status: 'up' };
  }

  private mappingOf(mapping: CloudMapping): Mapping {
    if ('replyButtons' in mapping) return this.checked(REPLY_BUTTONS, mapping.replyButtons);
    if ('ctaUrl' in mapping) return this.checked(CTA_URL, mapping.ctaUrl);
    if ('text' in mapping) return this.checked(TEXT, mapping.text);
    return mapping;
  }

  private checked<Dto extends CloudMessageDto>(form: CloudOperation<Dto>, dto: Dto): Mapping {
    const issues = this.validator.validate(form.dto, dto);
    return issues.length > 0 ? { reasons: issues.map((issue) => issue.message) } : { outgoing: outgoingOf(form, dto) };
  }
}
