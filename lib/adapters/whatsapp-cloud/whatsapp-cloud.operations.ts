import type { MessageRecipient } from '../../message/button-message.interface.js';
import { parseRecipient } from '../../message/recipient.js';
import type { OfferedButton } from '../../stores/sent-message.store.js';
import type { DtoClass } from '../../validation/index.js';
import type { ProviderOperation } from '../provider-operation.js';
import { type CloudMessageDto, CloudTextDto, SendCtaUrlDto, SendListDto, SendReplyButtonsDto } from './dto/index.js';

/** Returns the fields that all messages share. */
export function envelopeOf(to: MessageRecipient, type: string): { recipient: string; envelope: object } {
  const { form, value: recipient } = parseRecipient(to);
  const addressee = form === 'userId' ? { recipient } : { to: recipient };
  return { recipient, envelope: { messaging_product: 'whatsapp', recipient_type: 'individual', ...addressee, type } };
}

/** All operations use the same endpoint. */
function operation<Dto extends CloudMessageDto>(
  name: string,
  type: 'interactive' | 'text',
  dtoClass: DtoClass<Dto>,
  buttonsOf: (dto: Dto) => OfferedButton[] = () => [],
): ProviderOperation<Dto> {
  return {
    dto: dtoClass,
    outgoingOf(dto) {
      const { to, ...content } = dto;
      const { recipient, envelope } = envelopeOf(to, type);
      const body = { ...envelope, ...content };
      return { operation: name, path: 'messages', body, recipient, to, buttons: buttonsOf(dto) };
    },
  };
}

export const REPLY_BUTTONS = operation('interactive button', 'interactive', SendReplyButtonsDto, (dto) =>
  dto.interactive.action.buttons.map(({ reply: { id, title } }) => ({ id, title })),
);

export const CTA_URL = operation('interactive cta_url', 'interactive', SendCtaUrlDto);

/** The rows are the buttons whose replies the provider reports. */
export const LIST = operation('interactive list', 'interactive', SendListDto, (dto) =>
  dto.interactive.action.sections.flatMap(({ rows }) => rows.map(({ id, title }) => ({ id, title }))),
);

export const TEXT = operation('text', 'text', CloudTextDto);
