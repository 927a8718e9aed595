import { parseRecipient } from '../../message/recipient.js';
import type { OfferedButton } from '../../stores/sent-message.store.js';
import type { DtoClass } from '../../validation/index.js';
import type { OutgoingMessage } from '../provider-adapter.interface.js';
import { type CloudMessageDto, CloudTextDto, SendCtaUrlDto, SendListDto, SendReplyButtonsDto } from './dto/index.js';

/** An operation: its rules, its `type` in the request, and its buttons. All use the same endpoint. */
export interface CloudOperation<Dto extends CloudMessageDto> {
  operation: string;
  type: 'interactive' | 'text';
  dto: DtoClass<Dto>;
  /** Returns the buttons and rows whose replies the provider reports. */
  buttons?(dto: Dto): OfferedButton[];
}

export const REPLY_BUTTONS: CloudOperation<SendReplyButtonsDto> = {
  operation: 'interactive button',
  type: 'interactive',
  dto: SendReplyButtonsDto,
  buttons: (dto) => dto.interactive.action.buttons.map(({ reply }) => ({ id: reply.id, title: reply.title })),
};

export const CTA_URL: CloudOperation<SendCtaUrlDto> = {
  operation: 'interactive cta_url',
  type: 'interactive',
  dto: SendCtaUrlDto,
};

export const LIST: CloudOperation<SendListDto> = {
  operation: 'interactive list',
  type: 'interactive',
  dto: SendListDto,
  buttons: (dto) =>
    dto.interactive.action.sections.flatMap((section) => section.rows.map(({ id, title }) => ({ id, title }))),
};

export const TEXT: CloudOperation<CloudTextDto> = { operation: 'text', type: 'text', dto: CloudTextDto };

/** Creates the request of a valid DTO. */
export function outgoingOf<Dto extends CloudMessageDto>(form: CloudOperation<Dto>, dto: Dto): OutgoingMessage {
  const { to, ...content } = dto;
  const { form: kind, value: recipient } = parseRecipient(to);
  const addressee = kind === 'userId' ? { recipient } : { to: recipient };
  return {
    operation: form.operation,
    path: 'messages',
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...addressee,
      type: form.type,
      ...content,
    },
    recipient,
    to,
    buttons: form.buttons?.(dto) ?? [],
  };
}
