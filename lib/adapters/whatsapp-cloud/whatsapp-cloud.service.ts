import { Injectable } from '@nestjs/common';
import { checkIsObject } from '../../message/check-send-options.js';
import type { Plain } from '../../message/plain.js';
import type { SendOptions } from '../../message/send-options.interface.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import { ProviderOperations, READ_OPTIONS } from '../provider.operations.js';
import type { ProviderOperation } from '../provider-operation.js';
import type { ReadOptions } from '../send-context.js';
import type * as dtos from './dto/index.js';
import { WhatsAppCloudAdapter } from './whatsapp-cloud.adapter.js';
import {
  type ListTemplatesOptions,
  requireGraphPath,
  SubscriptionDto,
  subscription,
  TemplateFilterDto,
  templatePageRead,
} from './whatsapp-cloud.business-account.js';
import * as operations from './whatsapp-cloud.operations.js';
import { phoneNumberRead } from './whatsapp-cloud.reads.js';
import type { CloudPhoneNumber, CloudSendResult } from './whatsapp-cloud.responses.js';
import type { CloudTemplate, TemplatePage } from './whatsapp-cloud.templates.js';
import {
  type CloudMediaUpload,
  type CloudUploadedMedia,
  encodeUpload,
  MediaIdDto,
  MediaUploadDto,
  mediaDeletion,
  mediaUpload,
} from './whatsapp-cloud.uploads.js';

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
  sendReplyButtons(dto: Plain<dtos.SendReplyButtonsDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.REPLY_BUTTONS, dto, options);
  }

  /** Sends a text with one link button. */
  sendCtaUrl(dto: Plain<dtos.SendCtaUrlDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.CTA_URL, dto, options);
  }

  /** Sends a text with a list. */
  sendList(dto: Plain<dtos.SendListDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.LIST, dto, options);
  }

  /** Sends a text with a button that opens a flow. `@OnFlowReply()` handles the reply. */
  sendFlow(dto: Plain<dtos.CloudFlowDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.FLOW, dto, options);
  }

  /** Sends two to ten cards, each with an image or a video, and with a link button or reply buttons. */
  sendCarousel(dto: Plain<dtos.CloudCarouselDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.CAROUSEL, dto, options);
  }

  /** Asks for the person's location. `@OnMessage('location')` handles the reply. */
  sendLocationRequest(dto: Plain<dtos.CloudLocationRequestDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.LOCATION_REQUEST, dto, options);
  }

  /** Asks for the person's phone number. `@OnMessage('contacts')` handles the reply. */
  sendContactRequest(dto: Plain<dtos.CloudContactRequestDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.CONTACT_REQUEST, dto, options);
  }

  /** Sends a text with a button that calls the business by WhatsApp. */
  sendVoiceCall(dto: Plain<dtos.CloudVoiceCallDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.VOICE_CALL, dto, options);
  }

  /** Asks whether the business may call. `@OnMessage('call-permission')` handles the reply. */
  sendCallPermissionRequest(
    dto: Plain<dtos.CloudCallPermissionRequestDto>,
    options?: SendOptions,
  ): Promise<CloudSendResult> {
    return this.send(operations.CALL_PERMISSION_REQUEST, dto, options);
  }

  /** Sends an approved template. The payloads of its reply buttons are the `button.id` of replies. */
  sendTemplate(dto: Plain<dtos.CloudTemplateDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.TEMPLATE, dto, options);
  }

  /** Sends a text without buttons. */
  sendText(dto: Plain<dtos.CloudTextDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.TEXT, dto, options);
  }

  /** Sends an image. */
  sendImage(dto: Plain<dtos.CloudImageDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.IMAGE, dto, options);
  }

  /** Sends a video. */
  sendVideo(dto: Plain<dtos.CloudVideoDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.VIDEO, dto, options);
  }

  /** Sends an audio file or a voice message. */
  sendAudio(dto: Plain<dtos.CloudAudioDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.AUDIO, dto, options);
  }

  /** Sends a document. */
  sendDocument(dto: Plain<dtos.CloudDocumentDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.DOCUMENT, dto, options);
  }

  /** Sends a sticker. */
  sendSticker(dto: Plain<dtos.CloudStickerDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.STICKER, dto, options);
  }

  /** Sends a place on a map. */
  sendLocation(dto: Plain<dtos.CloudLocationDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.LOCATION, dto, options);
  }

  /** Sends contact cards. */
  sendContacts(dto: Plain<dtos.CloudContactsDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.CONTACTS, dto, options);
  }

  /** Reacts to a message with an emoji. An empty emoji removes the reaction. */
  sendReaction(dto: Plain<dtos.CloudReactionDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(operations.REACTION, dto, options);
  }

  /** Reads the account's phone number. A cheap check that the token and the number match. */
  async checkPhoneNumber(options: ReadOptions = {}): Promise<CloudPhoneNumber> {
    const account = await this.sender.account('whatsapp-cloud', options, READ_OPTIONS);
    requireGraphPath(account);
    return this.sender.read(phoneNumberRead(account), options);
  }

  /**
   * Uploads a file, to send it by its ID. Failed requests are retried. A repeated upload only creates another ID.
   *
   * @throws InvalidMessageError if the file is empty, or larger than WhatsApp allows for its type: images 5 MB, audio
   * files and videos 16 MB, documents 100 MB, stickers (`image/webp`) 500 KB.
   *
   * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
   *
   * @example
   * const { mediaId } = await whatsApp.uploadMedia({ file: await readFile('bill.pdf'), mimeType: 'application/pdf' });
   * await whatsApp.sendDocument({ to, document: { id: mediaId, filename: 'bill.pdf' } });
   */
  async uploadMedia(upload: CloudMediaUpload, options: ReadOptions = {}): Promise<CloudUploadedMedia> {
    const account = await this.sender.account('whatsapp-cloud', options, READ_OPTIONS);
    this.sender.rejectInvalid(this.sender.issuesOf(MediaUploadDto, upload), account);
    return this.sender.read(mediaUpload(account, await encodeUpload(upload, account)), options);
  }

  /** Deletes an uploaded file. */
  async deleteMedia(mediaId: string, options: ReadOptions = {}): Promise<void> {
    const account = await this.sender.account('whatsapp-cloud', options, READ_OPTIONS);
    this.sender.rejectInvalid(this.sender.issuesOf(MediaIdDto, { mediaId }), account);
    await this.sender.read(mediaDeletion(account, mediaId), options);
  }

  /**
   * Reads the templates of the business account, page by page. Failed requests are retried.
   *
   * @throws ConfigurationError if the account has no `businessAccountId`.
   *
   * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-management
   *
   * @example
   * const approved = await this.whatsApp.listTemplates({ status: 'APPROVED' });
   */
  async listTemplates(given: ListTemplatesOptions = {}): Promise<CloudTemplate[]> {
    checkIsObject(given);
    const { name, status, language, category, ...options } = given;
    const filter = withoutUndefined({ name, status, language, category });
    const account = await this.sender.account('whatsapp-cloud', options, READ_OPTIONS);
    this.sender.rejectInvalid(this.sender.issuesOf(TemplateFilterDto, filter), account);
    const templates: CloudTemplate[] = [];
    let after: string | undefined;
    do {
      const page: TemplatePage = await this.sender.read(templatePageRead(account, filter, after), options);
      templates.push(...page.templates);
      // A page that names itself as the next one would never end.
      after = page.after === after ? undefined : page.after;
    } while (after !== undefined);
    return templates;
  }

  /**
   * Sets the webhook URL of the business account, instead of the app's. Meta verifies it at once by a GET request with
   * the account's `verifyToken`, so the application must be running.
   *
   * @throws InvalidMessageError if the URL is invalid. ConfigurationError if the account has no `businessAccountId` or no
   * `verifyToken`.
   *
   * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
   */
  async subscribe(given: { url: string }, options: ReadOptions = {}): Promise<void> {
    const account = await this.sender.account('whatsapp-cloud', options, READ_OPTIONS);
    this.sender.rejectInvalid(this.sender.issuesOf(SubscriptionDto, given), account);
    await this.sender.read(subscription(account, given.url), options);
  }

  private send<Dto extends object>(
    operation: ProviderOperation<Dto>,
    dto: Dto,
    options?: SendOptions,
  ): Promise<CloudSendResult> {
    return this.sender.sendDto('whatsapp-cloud', this.provider, operation, dto, options);
  }
}
