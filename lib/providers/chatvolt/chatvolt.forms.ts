import type { ChatvoltAccount } from '../../config/account.js';
import type { OfferedButton } from '../../events/sent-message.store.js';
import { phoneDigits } from '../../message/recipient.js';
import type { DtoClass } from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import type { OutgoingMessage } from '../messaging-provider.js';
import { SendButtonsDto, SendCtaDto, SendListsDto, type SendMessageDto } from './dto/index.js';

/** A DTO that goes into a conversation. */
interface ConversationDto {
  agentId?: string;
  conversationId: string;
}

/** One call of Chatvolt's that goes into a conversation: its path, its rules, its buttons. */
export interface ChatvoltForm<Dto extends ConversationDto> {
  operation: string;
  dto: DtoClass<Dto>;
  /** The buttons and rows whose presses come back. */
  buttons?(dto: Dto): OfferedButton[];
}

export const SEND_BUTTONS: ChatvoltForm<SendButtonsDto> = {
  operation: 'send-buttons',
  dto: SendButtonsDto,
  buttons: (dto) => pairs(dto, /^button_\d+_id$/),
};

export const SEND_CTA: ChatvoltForm<SendCtaDto> = { operation: 'send-cta', dto: SendCtaDto };

export const SEND_LISTS: ChatvoltForm<SendListsDto> = {
  operation: 'send-lists',
  dto: SendListsDto,
  buttons: (dto) => pairs(dto, /^section_\d+_row_\d+_id$/),
};

/** The account's agent where the DTO names none. */
export function withAgent<Dto extends { agentId?: string }>(dto: Dto, account: ChatvoltAccount): Dto {
  const named = !isRecord(dto) || dto.agentId !== undefined || account.agentId === undefined;
  return named ? dto : { agentId: account.agentId, ...dto };
}

/** A checked DTO on its way into a conversation. */
export function outgoingOf<Dto extends ConversationDto>(form: ChatvoltForm<Dto>, dto: Dto): OutgoingMessage {
  return {
    operation: form.operation,
    path: `messages/interactive/${form.operation}`,
    body: { ...dto },
    recipient: dto.conversationId,
    buttons: form.buttons?.(dto) ?? [],
  };
}

/** A checked text on its way to a conversation, a telephone number or an e-mail address, which stands in the path. */
export function outgoingMessageOf({ conversationId, phone, email, ...body }: SendMessageDto): OutgoingMessage {
  const [kind, value] = addressOf(conversationId, phone, email);
  return {
    operation: 'conversation-message',
    path: `conversation/message/${kind}/${encodeURIComponent(value)}`,
    body,
    recipient: value,
    buttons: [],
  };
}

function addressOf(conversationId?: string, phone?: string, email?: string): readonly [string, string] {
  if (conversationId !== undefined) return ['conversationId', conversationId];
  return phone !== undefined ? ['phone', phoneDigits(phone)] : ['email', email ?? ''];
}

/** The ids and titles of the flat form, which stand in fields that differ in their last part. */
function pairs(dto: object, idField: RegExp): OfferedButton[] {
  const fields = new Map<string, unknown>(Object.entries(dto));
  return [...fields.entries()].flatMap(([field, id]) => {
    const title = idField.test(field) ? fields.get(field.replace(/_id$/, '_title')) : undefined;
    return typeof id === 'string' && typeof title === 'string' ? [{ id, title }] : [];
  });
}
