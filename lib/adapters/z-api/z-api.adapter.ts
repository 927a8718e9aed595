import { Injectable } from '@nestjs/common';
import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import { ButtonMessagingConfig } from '../../config/button-messaging.config.js';
import type { InboundMedia } from '../../events/messaging-event.interface.js';
import type { Message, RichMessage } from '../../message/message.interface.js';
import type { RequestPreview } from '../../message/message-preview.interface.js';
import { DtoValidator } from '../../validation/index.js';
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
import { mapToZApi, mapToZApiText } from './z-api.mapper.js';
import { zApiMedia } from './z-api.media.js';
import { markReadRequest, statusRead } from './z-api.reads.js';
import { zApiRequestBuilder } from './z-api.request-builder.js';
import { factsOf, readSend, type ZApiSendResult } from './z-api.responses.js';
import { zApiWebhook } from './z-api.webhook.js';

const WIRE: WireFormat<ZApiAccount, ZApiSendResult> = {
  requestBuilderFor: zApiRequestBuilder,
  read: readSend,
  facts: factsOf,
  sampleBody: (messageId) => ({ zaapId: messageId, messageId, id: messageId }),
};

/** Sends messages of `ButtonMessagingService` through Z-API. */
@Injectable()
export class ZApiAdapter implements ProviderAdapter<ZApiAccount, ZApiSendResult> {
  readonly webhook = zApiWebhook;

  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly validator: DtoValidator,
    private readonly client: ProviderClient,
  ) {}

  map(message: Message, account: ZApiAccount): Mapping {
    const { limits } = this.config;
    return mapToZApi(message, limits.mixedButtons, dtoMapper(this.validator, account, limits));
  }

  mapText(message: RichMessage, account: ZApiAccount): Mapping {
    const mapping = mapToZApiText(message, dtoMapper(this.validator, account, this.config.limits));
    return textFallbackMapping(mapping, message);
  }

  quote(outgoing: OutgoingMessage, inReplyTo: string): Mapping {
    return outgoing.operation === 'send-text'
      ? { outgoing: { ...outgoing, body: { ...outgoing.body, messageId: inReplyTo } } }
      : { reasons: ['Z-API can quote a message only with a text'] };
  }

  preview(outgoing: OutgoingMessage, account: ZApiAccount): RequestPreview {
    return previewRequest(WIRE, account, outgoing);
  }

  send(outgoing: OutgoingMessage, account: ZApiAccount, context: SendContext): Promise<SendResult<ZApiSendResult>> {
    return this.client.send(WIRE, account, outgoing, context);
  }

  markRead(
    message: InboundMessage,
    account: ZApiAccount,
    _options: MarkReadOptions,
    context: RequestContext,
  ): Promise<void> {
    return this.client.read(markReadRequest(account, message), context);
  }

  async locateMedia(media: InboundMedia, account: ZApiAccount): Promise<MediaLocation> {
    return zApiMedia(media, account);
  }

  async checkHealth(account: ZApiAccount, context: RequestContext): Promise<ProviderHealth> {
    const { connected, detail } = await this.client.read(statusRead(account), context);
    return connected
      ? { status: 'up' }
      : { status: 'down', reason: 'the instance is not connected to WhatsApp', detail };
  }
}
