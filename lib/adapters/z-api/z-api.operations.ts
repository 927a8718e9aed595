import { wireRecipient } from '../../message/recipient.js';
import { phoneDigits } from '../../message/recipient-kind.js';
import type { OfferedButton } from '../../stores/sent-message.store.js';
import type { DtoClass } from '../../validation/index.js';
import type { ProviderOperation } from '../provider-operation.js';
import {
  type ButtonActionDto,
  ReplyButtonDto,
  ReplyTemplateButtonDto,
  SendButtonActionsDto,
  SendButtonListDto,
  SendButtonOtpDto,
  SendButtonPixDto,
  SendCarouselDto,
  SendOptionListDto,
  SendPollDto,
  SendTextDto,
} from './dto/index.js';

interface Reading<Dto> {
  /** Returns the fields that differ in the request, for example phone numbers as digits. */
  normalize?(dto: Dto): Partial<Dto>;
  /** Returns the buttons whose replies the provider reports. */
  buttons?(dto: Dto): OfferedButton[];
}

/** The requests have the fields of the DTO in the given order. */
function operation<Dto extends { phone: string }>(
  path: string,
  dtoClass: DtoClass<Dto>,
  { normalize, buttons }: Reading<Dto> = {},
): ProviderOperation<Dto> {
  return {
    dto: dtoClass,
    outgoingOf(dto) {
      const recipient = wireRecipient(dto.phone);
      return {
        operation: path,
        path,
        body: { ...dto, phone: recipient, ...normalize?.(dto) },
        recipient,
        to: dto.phone,
        buttons: buttons?.(dto) ?? [],
      };
    },
  };
}

export const SEND_BUTTON_ACTIONS = operation('send-button-actions', SendButtonActionsDto, {
  normalize: (dto) => ({ buttonActions: dto.buttonActions.map(withDigits) }),
  buttons: (dto) => dto.buttonActions.filter(isReply).map(offered),
});

export const SEND_BUTTON_LIST = operation('send-button-list', SendButtonListDto, {
  buttons: (dto) => dto.buttonList.buttons.map(offered),
});

export const SEND_OPTION_LIST = operation('send-option-list', SendOptionListDto, {
  buttons: (dto) => dto.optionList.options.map(({ id = '', title }) => ({ id, title })),
});

export const SEND_BUTTON_OTP = operation('send-button-otp', SendButtonOtpDto);

export const SEND_BUTTON_PIX = operation('send-button-pix', SendButtonPixDto);

export const SEND_CAROUSEL = operation('send-carousel', SendCarouselDto, {
  normalize: ({ carousel }) => ({
    carousel: carousel.map((card) => (card.buttons ? { ...card, buttons: card.buttons.map(withDigits) } : card)),
  }),
  buttons: ({ carousel }) => carousel.flatMap(({ buttons = [] }) => buttons.filter(isReply).map(offered)),
});

/** Votes are no presses, so a poll offers no buttons. */
export const SEND_POLL = operation('send-poll', SendPollDto);

export const REPLY_BUTTON = operation('reply-button', ReplyButtonDto);

export const REPLY_TEMPLATE_BUTTON = operation('reply-template-button', ReplyTemplateButtonDto);

export const SEND_TEXT = operation('send-text', SendTextDto);

function withDigits(button: ButtonActionDto): ButtonActionDto {
  return button.phone === undefined ? button : { ...button, phone: phoneDigits(button.phone) };
}

function isReply(button: ButtonActionDto): boolean {
  return button.type === 'REPLY';
}

function offered({ id = '', label }: { id?: string; label: string }): OfferedButton {
  return { id, title: label };
}
