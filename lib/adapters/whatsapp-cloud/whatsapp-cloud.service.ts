import { Injectable } from '@nestjs/common';
import type { Plain } from '../../message/plain.js';
import type { SendOptions } from '../../message/send-options.interface.js';
import { ProviderOperations, READ_OPTIONS } from '../provider.operations.js';
import type { ProviderOperation } from '../provider-operation.js';
import type { ReadOptions } from '../send-context.js';
import type {
  CloudAudioDto,
  CloudCallPermissionRequestDto,
  CloudCarouselDto,
  CloudContactRequestDto,
  CloudContactsDto,
  CloudDocumentDto,
  CloudFlowDto,
  CloudImageDto,
  CloudLocationDto,
  CloudLocationRequestDto,
  CloudReactionDto,
  CloudStickerDto,
  CloudTemplateDto,
  CloudTextDto,
  CloudVideoDto,
  CloudVoiceCallDto,
  SendCtaUrlDto,
  SendListDto,
  SendReplyButtonsDto,
} from './dto/index.js';
import { WhatsAppCloudAdapter } from './whatsapp-cloud.adapter.js';
import * as operations from './whatsapp-cloud.operations.js';
import { phoneNumberRead } from './whatsapp-cloud.reads.js';
import type { CloudPhoneNumber, CloudSendResult } from './whatsapp-cloud.responses.js';

/**
 * Sends messages in the format of the WhatsApp Cloud API. Adds the envelope (`messaging_product`, `recipient_type`,
 * `type`).
 *
 * Every method throws `InvalidMessageError` with all issues before it sends anything. Every other failure is a
 * `ButtonMessagingError`. Its `outcome` says whether the message may have been sent.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 *
 * @example
 * constructor(private readonly whatsApp: WhatsAppCloudService) {}
 *
 * askForConfirmation(to: string) {
 *   return this.whatsApp.sendReplyButtons({
 *     to,
 *     interactive: {
 *       type: 'button',
 *       body: { text: 'Your appointment is tomorrow at 10:00.' },
 *       action: { buttons: [{ type: 'reply', reply: { id: 'confirm', title: 'Confirm' } }] },
 *     },
 *   });
 * }
 *
 * @publicApi
 */
@Injectable()
export class WhatsAppCloudService {
  constructor(
    private readonly sender: ProviderOperations,
    private readonly provider: WhatsAppCloudAdapter,
  ) {}

  /** Sends a text with one to three reply buttons. */
  sendReplyButtons(dto: Plain<SendReplyButtonsDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.REPLY_BUTTONS, dto, options);
  }

  /** Sends a text with one link button. */
  sendCtaUrl(dto: Plain<SendCtaUrlDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.CTA_URL, dto, options);
  }

  /** Sends a text with a list. */
  sendList(dto: Plain<SendListDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.LIST, dto, options);
  }

  /** Sends a text with a button that opens a flow. `@OnFlowReply()` handles the reply. */
  sendFlow(dto: Plain<CloudFlowDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.FLOW, dto, options);
  }

  /** Sends two to ten cards, each with an image or a video, and with a link button or reply buttons. */
  sendCarousel(dto: Plain<CloudCarouselDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.CAROUSEL, dto, options);
  }

  /** Asks for the person's location. `@OnMessage('location')` handles the reply. */
  sendLocationRequest(dto: Plain<CloudLocationRequestDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.LOCATION_REQUEST, dto, options);
  }

  /** Asks for the person's phone number. `@OnMessage('contacts')` handles the reply. */
  sendContactRequest(dto: Plain<CloudContactRequestDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.CONTACT_REQUEST, dto, options);
  }

  /** Sends a text with a button that calls the business by WhatsApp. */
  sendVoiceCall(dto: Plain<CloudVoiceCallDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.VOICE_CALL, dto, options);
  }

  /** Asks whether the business may call. `@OnMessage('call-permission')` handles the reply. */
  sendCallPermissionRequest(
    dto: Plain<CloudCallPermissionRequestDto>,
    options?: SendOptions,
  ): Promise<CloudSendResult> {
    return this.send(operations.CALL_PERMISSION_REQUEST, dto, options);
  }

  /** Sends an approved template. The payloads of its reply buttons are the `button.id` of replies. */
  sendTemplate(dto: Plain<CloudTemplateDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.TEMPLATE, dto, options);
  }

  /** Sends a text without buttons. */
  sendText(dto: Plain<CloudTextDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.TEXT, dto, options);
  }

  /** Sends an image. */
  sendImage(dto: Plain<CloudImageDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.IMAGE, dto, options);
  }

  /** Sends a video. */
  sendVideo(dto: Plain<CloudVideoDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.VIDEO, dto, options);
  }

  /** Sends an audio file or a voice message. */
  sendAudio(dto: Plain<CloudAudioDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.AUDIO, dto, options);
  }

  /** Sends a document. */
  sendDocument(dto: Plain<CloudDocumentDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.DOCUMENT, dto, options);
  }

  /** Sends a sticker. */
  sendSticker(dto: Plain<CloudStickerDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.STICKER, dto, options);
  }

  /** Sends a place on a map. */
  sendLocation(dto: Plain<CloudLocationDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.LOCATION, dto, options);
  }

  /** Sends contact cards. */
  sendContacts(dto: Plain<CloudContactsDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.CONTACTS, dto, options);
  }

  /** Reacts to a message with an emoji. An empty emoji removes the reaction. */
  sendReaction(dto: Plain<CloudReactionDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.REACTION, dto, options);
  }

  /** Reads the account's phone number. A cheap check that the token and the number match. */
  async checkPhoneNumber(options: ReadOptions = {}): Promise<CloudPhoneNumber> {
    const account = await this.sender.account('whatsapp-cloud', options, READ_OPTIONS);
    return this.sender.read(phoneNumberRead(account), options);
  }

  private send<Dto extends object>(
    operation: ProviderOperation<Dto>,
    dto: Dto,
    options?: SendOptions,
  ): Promise<CloudSendResult> {
    return this.sender.sendDto('whatsapp-cloud', this.provider, operation, dto, options);
  }
}
