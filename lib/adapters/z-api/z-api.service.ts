import { Injectable } from '@nestjs/common';
import { ButtonMessagingConfig } from '../../config/button-messaging.config.js';
import type { Plain } from '../../message/plain.js';
import { checkPhone } from '../../message/recipient.js';
import { phoneDigits } from '../../message/recipient-kind.js';
import type { SendOptions } from '../../message/send-options.interface.js';
import { KnownPeople, personOf } from '../../stores/known-people.js';
import { ProviderOperations, READ_OPTIONS } from '../provider.operations.js';
import type { ProviderOperation } from '../provider-operation.js';
import type { ReadOptions } from '../send-context.js';
import {
  DeleteMessageDto,
  type ReplyButtonDto,
  type ReplyTemplateButtonDto,
  type SendButtonActionsDto,
  type SendButtonListDto,
  type SendButtonOtpDto,
  type SendButtonPixDto,
  type SendCarouselDto,
  type SendOptionListDto,
  type SendPollDto,
  type SendTextDto,
} from './dto/index.js';
import { ZApiAdapter } from './z-api.adapter.js';
import {
  REPLY_BUTTON,
  REPLY_TEMPLATE_BUTTON,
  SEND_BUTTON_ACTIONS,
  SEND_BUTTON_LIST,
  SEND_BUTTON_OTP,
  SEND_BUTTON_PIX,
  SEND_CAROUSEL,
  SEND_OPTION_LIST,
  SEND_POLL,
  SEND_TEXT,
} from './z-api.operations.js';
import { deleteMessageRequest, phoneExistsRead, statusRead } from './z-api.reads.js';
import type { ZApiPhoneExists, ZApiSendResult, ZApiStatus } from './z-api.responses.js';

/**
 * Sends messages in Z-API's own format. Success means that Z-API queued the message. Webhooks report its statuses.
 *
 * Every method throws `InvalidMessageError` with all issues before it sends anything. Every other failure is a
 * `ButtonMessagingError`. Its `outcome` says whether the message may have been sent.
 *
 * @see https://developer.z-api.io/en
 *
 * @example
 * constructor(private readonly zApi: ZApiService) {}
 *
 * askForConfirmation(phone: string) {
 *   return this.zApi.sendButtonActions({
 *     phone,
 *     message: 'Your appointment is tomorrow at 10:00.',
 *     buttonActions: [{ id: 'confirm', type: 'REPLY', label: 'Confirm' }],
 *   });
 * }
 *
 * @publicApi
 */
@Injectable()
export class ZApiService {
  constructor(
    private readonly sender: ProviderOperations,
    private readonly provider: ZApiAdapter,
    private readonly people: KnownPeople,
    private readonly config: ButtonMessagingConfig,
  ) {}

  /** Sends a text with reply buttons, or with link and call buttons. */
  sendButtonActions(dto: Plain<SendButtonActionsDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_BUTTON_ACTIONS, dto, options);
  }

  /** Sends a text with reply buttons, and an optional image or video. */
  sendButtonList(dto: Plain<SendButtonListDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_BUTTON_LIST, dto, options);
  }

  /** Sends a text with a list. Not for groups. */
  sendOptionList(dto: Plain<SendOptionListDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_OPTION_LIST, dto, options);
  }

  /** Sends a text with a copy button. */
  sendButtonOtp(dto: Plain<SendButtonOtpDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_BUTTON_OTP, dto, options);
  }

  /** Sends a button that copies a PIX key. */
  sendButtonPix(dto: Plain<SendButtonPixDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_BUTTON_PIX, dto, options);
  }

  /** Sends a text with cards. */
  sendCarousel(dto: Plain<SendCarouselDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_CAROUSEL, dto, options);
  }

  /**
   * Sends a poll. Votes arrive as events of `@OnMessage('poll')`, with the chosen options in `text`, one per line.
   *
   * @example
   * \@OnMessage('poll')
   * onVote({ sent, text = '' }: InboundMessageEvent) {
   *   return this.polls.saveVotes(sent?.id, text.split('\n'));
   * }
   */
  sendPoll(dto: Plain<SendPollDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_POLL, dto, options);
  }

  /** Presses a button of a button list that the instance received. Other people see a reply. */
  replyButton(dto: Plain<ReplyButtonDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(REPLY_BUTTON, dto, options);
  }

  /** Presses a `REPLY` button that the instance received. Other people see a reply. */
  replyTemplateButton(dto: Plain<ReplyTemplateButtonDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(REPLY_TEMPLATE_BUTTON, dto, options);
  }

  /** Sends a text without buttons. With `editMessageId`, it changes the text of a sent message instead. */
  sendText(dto: Plain<SendTextDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_TEXT, dto, options);
  }

  /**
   * Deletes a message for everyone in the chat: a sent one, or with `owner: false` a received one. Failed requests are
   * retried, because a message is deleted only once.
   */
  async deleteMessage(given: Plain<DeleteMessageDto>, options: ReadOptions = {}): Promise<void> {
    const dto = this.sender.withCountryCodes(given);
    const account = await this.sender.account('z-api', options, READ_OPTIONS);
    this.sender.rejectInvalid(this.sender.issuesOf(DeleteMessageDto, dto), account);
    await this.sender.read(deleteMessageRequest(account, dto), options);
  }

  /** Reads whether the instance is connected. Failed requests are retried. */
  async status(options: ReadOptions = {}): Promise<ZApiStatus> {
    const account = await this.sender.account('z-api', options, READ_OPTIONS);
    return this.sender.read(statusRead(account), options);
  }

  /** Reads whether a phone number is on WhatsApp. Failed requests are retried. */
  async phoneExists(given: string, options: ReadOptions = {}): Promise<ZApiPhoneExists> {
    const account = await this.sender.account('z-api', options, READ_OPTIONS);
    const { phone } = this.sender.withCountryCodes({ phone: given });
    this.sender.rejectInvalid(checkPhone(phone), account);
    const digits = phoneDigits(phone);
    const found = await this.sender.read(phoneExistsRead(account, digits), options);
    if (found.exists) await this.people.learn(account.name, personOf(found));
    return found;
  }

  private send<Dto extends object>(
    operation: ProviderOperation<Dto>,
    dto: Dto,
    options?: SendOptions,
  ): Promise<ZApiSendResult> {
    return this.sender.sendDto('z-api', this.provider, operation, dto, options, this.config.limits);
  }
}
