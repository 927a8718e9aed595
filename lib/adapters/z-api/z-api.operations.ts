import { wireRecipient } from '../../message/recipient.js';
import { phoneDigits } from '../../message/recipient-kind.js';
import type { OfferedButton } from '../../stores/sent-message.store.js';
import type { DtoClass } from '../../validation/index.js';
import type { OutgoingMessage } from '../provider-adapter.interface.js';
import {
  type ButtonActionDto,
  SendButtonActionsDto,
  SendButtonListDto,
  SendButtonOtpDto,
  SendButtonPixDto,
  SendCarouselDto,
  SendOptionListDto,
  SendTextDto,
} from './dto/index.js';

/** An operation of Z-API: its path and rules, and how to read body and buttons from the DTO. */
export interface ZApiOperation<Dto extends { phone: string }> {
  path: string;
  dto: DtoClass<Dto>;
  /** Returns the fields that differ in the request, for example phone numbers as digits. */
  normalize?(dto: Dto): Partial<Dto>;
  /** Returns the buttons whose replies the provider reports. */
  buttons?(dto: Dto): OfferedButton[];
}

export const SEND_BUTTON_ACTIONS: ZApiOperation<SendButtonActionsDto> = {
  path: 'send-button-actions',
  dto: SendButtonActionsDto,
  normalize: (dto) => ({ buttonActions: dto.buttonActions.map(withDigits) }),
  buttons: (dto) => dto.buttonActions.filter(isReply).map(offered),
};

export const SEND_BUTTON_LIST: ZApiOperation<SendButtonListDto> = {
  path: 'send-button-list',
  dto: SendButtonListDto,
  buttons: (dto) => dto.buttonList.buttons.map(offered),
};

export const SEND_OPTION_LIST: ZApiOperation<SendOptionListDto> = {
  path: 'send-option-list',
  dto: SendOptionListDto,
  buttons: (dto) => dto.optionList.options.map(({ id = '', title }) => ({ id, title })),
};

export const SEND_BUTTON_OTP: ZApiOperation<SendButtonOtpDto> = { path: 'send-button-otp', dto: SendButtonOtpDto };

export const SEND_BUTTON_PIX: ZApiOperation<SendButtonPixDto> = { path: 'send-button-pix', dto: SendButtonPixDto };

export const SEND_CAROUSEL: ZApiOperation<SendCarouselDto> = {
  path: 'send-carousel',
  dto: SendCarouselDto,
  normalize: (dto) => ({
    carousel: dto.carousel.map((card) =>
      card.buttons === undefined ? card : { ...card, buttons: card.buttons.map(withDigits) },
    ),
  }),
  buttons: (dto) =>
    dto.carousel
      .flatMap((card) => card.buttons ?? [])
      .filter(isReply)
      .map(offered),
};

export const SEND_TEXT: ZApiOperation<SendTextDto> = { path: 'send-text', dto: SendTextDto };

/** Creates the request of a valid DTO, with its fields in the given order. */
export function outgoingOf<Dto extends { phone: string }>(endpoint: ZApiOperation<Dto>, dto: Dto): OutgoingMessage {
  const recipient = wireRecipient(dto.phone);
  return {
    operation: endpoint.path,
    path: endpoint.path,
    body: { ...dto, phone: recipient, ...endpoint.normalize?.(dto) },
    recipient,
    to: dto.phone,
    buttons: endpoint.buttons?.(dto) ?? [],
  };
}

function withDigits(button: ButtonActionDto): ButtonActionDto {
  return button.phone === undefined ? button : { ...button, phone: phoneDigits(button.phone) };
}

function isReply(button: ButtonActionDto): boolean {
  return button.type === 'REPLY';
}

function offered({ id = '', label }: { id?: string; label: string }): OfferedButton {
  return { id, title: label };
}
