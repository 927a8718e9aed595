import { Injectable } from '@nestjs/common';
import { ButtonMessagingConfig } from '../../config/button-messaging.config.js';
import { checkPhone } from '../../message/check-phone.js';
import type { Plain } from '../../message/plain.js';
import { phoneDigits } from '../../message/recipient-kind.js';
import { SEND_OPTIONS, type SendOptions } from '../../message/send-options.interface.js';
import { KnownPeople, personOf } from '../../stores/known-people.js';
import { ProviderOperations, READ_OPTIONS } from '../provider.operations.js';
import type { ReadOptions } from '../send-context.js';
import type {
  SendButtonActionsDto,
  SendButtonListDto,
  SendButtonOtpDto,
  SendButtonPixDto,
  SendCarouselDto,
  SendOptionListDto,
  SendTextDto,
} from './dto/index.js';
import { ZApiAdapter } from './z-api.adapter.js';
import {
  outgoingOf,
  SEND_BUTTON_ACTIONS,
  SEND_BUTTON_LIST,
  SEND_BUTTON_OTP,
  SEND_BUTTON_PIX,
  SEND_CAROUSEL,
  SEND_OPTION_LIST,
  SEND_TEXT,
  type ZApiOperation,
} from './z-api.operations.js';
import { phoneExistsRead, statusRead } from './z-api.reads.js';
import type { ZApiPhoneExists, ZApiSendResult, ZApiStatus } from './z-api.responses.js';

/**
 * Z-API in its own words. Every method checks its DTO and throws `InvalidMessageError` with all faults before anything
 * is sent; every other failure is a `ButtonMessagingError` whose `outcome` says whether the message may have gone out.
 * Success means that Z-API has queued the message; what became of it comes by webhook.
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
 */
@Injectable()
export class ZApiService {
  constructor(
    private readonly sender: ProviderOperations,
    private readonly provider: ZApiAdapter,
    private readonly people: KnownPeople,
    private readonly config: ButtonMessagingConfig,
  ) {}

  /** A text with reply buttons, or with link and call buttons. */
  sendButtonActions(dto: Plain<SendButtonActionsDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_BUTTON_ACTIONS, dto, options);
  }

  /** A text, with an image or a video if wanted, and reply buttons. */
  sendButtonList(dto: Plain<SendButtonListDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_BUTTON_LIST, dto, options);
  }

  /** A text with a list to choose from. Not for groups. */
  sendOptionList(dto: Plain<SendOptionListDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_OPTION_LIST, dto, options);
  }

  /** A text with a button that copies a code. */
  sendButtonOtp(dto: Plain<SendButtonOtpDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_BUTTON_OTP, dto, options);
  }

  /** A button that copies a PIX key. */
  sendButtonPix(dto: Plain<SendButtonPixDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_BUTTON_PIX, dto, options);
  }

  /** A text and cards to swipe through. */
  sendCarousel(dto: Plain<SendCarouselDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_CAROUSEL, dto, options);
  }

  /** A text without buttons. */
  sendText(dto: Plain<SendTextDto>, options?: SendOptions): Promise<ZApiSendResult> {
    return this.send(SEND_TEXT, dto, options);
  }

  /** Whether the instance is connected. A read: it is repeated after a fault on the way. */
  async status(options: ReadOptions = {}): Promise<ZApiStatus> {
    const account = await this.sender.account('z-api', options, READ_OPTIONS);
    return this.sender.read(statusRead(account), options);
  }

  /** Whether a telephone number is on WhatsApp. A read: it is repeated after a fault on the way. */
  async phoneExists(given: string, options: ReadOptions = {}): Promise<ZApiPhoneExists> {
    const account = await this.sender.account('z-api', options, READ_OPTIONS);
    const { phone } = this.sender.withCountryCodes({ phone: given });
    this.sender.refuse(checkPhone(phone), account);
    const digits = phoneDigits(phone);
    const found = await this.sender.read(phoneExistsRead(account, digits), options);
    if (found.exists) await this.people.learn(account.name, personOf(found));
    return found;
  }

  private async send<Dto extends { phone: string }>(
    endpoint: ZApiOperation<Dto>,
    given: Dto,
    options: SendOptions = {},
  ): Promise<ZApiSendResult> {
    const dto = this.sender.withCountryCodes(given);
    const account = await this.sender.account('z-api', options, SEND_OPTIONS);
    this.sender.refuse(this.sender.issuesOf(endpoint.dto, dto, this.config.limits), account);
    return this.sender.send(this.provider, outgoingOf(endpoint, dto), account, options);
  }
}
