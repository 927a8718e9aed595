import { Injectable } from '@nestjs/common';
import type { Plain } from '../../message/plain.js';
import type { SendOptions } from '../../message/send-options.interface.js';
import { ProviderOperations, READ_OPTIONS } from '../provider.operations.js';
import type { ProviderOperation } from '../provider-operation.js';
import type { ReadOptions } from '../send-context.js';
import type { CloudTextDto, SendCtaUrlDto, SendListDto, SendReplyButtonsDto } from './dto/index.js';
import { WhatsAppCloudAdapter } from './whatsapp-cloud.adapter.js';
import { CTA_URL, LIST, REPLY_BUTTONS, TEXT } from './whatsapp-cloud.operations.js';
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
    return this.send(REPLY_BUTTONS, dto, options);
  }

  /** Sends a text with one link button. */
  sendCtaUrl(dto: Plain<SendCtaUrlDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(CTA_URL, dto, options);
  }

  /** Sends a text with a list. */
  sendList(dto: Plain<SendListDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(LIST, dto, options);
  }

  /** Sends a text without buttons. */
  sendText(dto: Plain<CloudTextDto>, options?: SendOptions): Promise<CloudSendResult> {
    return this.send(TEXT, dto, options);
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
