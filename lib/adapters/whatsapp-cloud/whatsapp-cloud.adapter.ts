import { Injectable } from '@nestjs/common';
import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { InboundMedia } from '../../events/messaging-event.interface.js';
import { isTemplateMessage, type Message, type RichMessage } from '../../message/message.interface.js';
import type { RequestPreview } from '../../message/message-preview.interface.js';
import { DtoValidator } from '../../validation/index.js';
import { mediaHostsOf, mediaUrlOf } from '../media-requests.js';
import { ProviderClient, type WireFormat } from '../provider.client.js';
import type {
  InboundMessage,
  Mapping,
  MarkReadOptions,
  MediaLocation,
  OutgoingMessage,
  ProviderAdapter,
  ProviderHealth,
  SendResult,
} from '../provider-adapter.interface.js';
import { dtoMapper } from '../provider-operation.js';
import { previewRequest } from '../request-preview.js';
import type { RequestContext, SendContext } from '../send-context.js';
import { textFallbackMapping } from '../text-fallback-mapping.js';
import { ApprovedTemplates } from './approved-templates.js';
import { callbackDataOf } from './whatsapp-cloud.callback-data.js';
import { mapToCloud, mapToCloudText } from './whatsapp-cloud.mapper.js';
import { cloudMediaHosts, mediaRead } from './whatsapp-cloud.media.js';
import { healthRead, markReadRequest, phoneNumberRead } from './whatsapp-cloud.reads.js';
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
    private readonly approvedTemplates: ApprovedTemplates,
  ) {}

  map(message: Message, account: WhatsAppCloudAccount): Mapping {
    return mapToCloud(message, dtoMapper(this.validator, account));
  }

  mapText(message: RichMessage, account: WhatsAppCloudAccount): Mapping {
    return textFallbackMapping(mapToCloudText(message, dtoMapper(this.validator, account)), message);
  }

  quote(outgoing: OutgoingMessage, inReplyTo: string): Mapping {
    return { outgoing: { ...outgoing, body: { ...outgoing.body, context: { message_id: inReplyTo } } } };
  }

  preview(outgoing: OutgoingMessage, account: WhatsAppCloudAccount): RequestPreview {
    return previewRequest(WIRE, account, outgoing);
  }

  async send(
    outgoing: OutgoingMessage,
    account: WhatsAppCloudAccount,
    context: SendContext,
  ): Promise<SendResult<CloudSendResult>> {
    const { message } = outgoing;
    if (account.checkTemplates && message && isTemplateMessage(message)) {
      await this.approvedTemplates.check(message.template, account);
    }
    const { correlationId } = context;
    if (correlationId === undefined) return this.client.send(WIRE, account, outgoing, context);
    const body = { ...outgoing.body, biz_opaque_callback_data: callbackDataOf(correlationId) };
    return this.client.send(WIRE, account, { ...outgoing, body }, context);
  }

  markRead(
    message: InboundMessage,
    account: WhatsAppCloudAccount,
    options: MarkReadOptions,
    context: RequestContext,
  ): Promise<void> {
    return this.client.read(markReadRequest(account, message, options), context);
  }

  /** The ID wins over the URL of the webhook, which is valid for minutes. */
  async locateMedia(
    media: InboundMedia,
    account: WhatsAppCloudAccount,
    context: RequestContext,
  ): Promise<MediaLocation> {
    const found =
      media.id === undefined
        ? { url: mediaUrlOf(media, account) }
        : await this.client.read(mediaRead(account, media.id), context);
    const builder = whatsAppCloudRequestBuilder(account);
    return { ...found, ...mediaHostsOf(account, cloudMediaHosts(account)), request: (url) => builder.getUrl(url) };
  }

  async checkHealth(account: WhatsAppCloudAccount, context: RequestContext): Promise<ProviderHealth> {
    if (account.path === '') return this.client.read(healthRead(account), context);
    await this.client.read(phoneNumberRead(account), context);
    return { status: 'up' };
  }
}
