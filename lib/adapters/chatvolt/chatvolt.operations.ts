import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { phoneDigits } from '../../message/recipient-kind.js';
import type { OfferedButton } from '../../stores/sent-message.store.js';
import type { DtoClass } from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import type { OutgoingMessage } from '../provider-adapter.interface.js';
import { SendButtonsDto, SendCtaDto, SendListsDto, type SendMessageDto } from './dto/index.js';

/** A DTO that goes into a conversation. */
interface ConversationDto {
  agentId?: string;
  conversationId: string;
}

/** One call of Chatvolt's that goes into a conversation: its path, its rules, its buttons. */
export interface ChatvoltOperation<Dto extends ConversationDto> {
  operation: string;
  dto: DtoClass<Dto>;
  /** The buttons and rows whose presses come back. */
  buttons?(dto: Dto): OfferedButton[];
}

// The name of the call that sends a text.
const TEXT = 'conversation-message';

export const SEND_BUTTONS: ChatvoltOperation<SendButtonsDto> = {
  operation: 'send-buttons',
  dto: SendButtonsDto,
  buttons: (dto) => pairs(dto, /^button_\d+_id$/),
};

export const SEND_CTA: ChatvoltOperation<SendCtaDto> = { operation: 'send-cta', dto: SendCtaDto };

export const SEND_LISTS: ChatvoltOperation<SendListsDto> = {
  operation: 'send-lists',
  dto: SendListsDto,
  buttons: (dto) => pairs(dto, /^section_\d+_row_\d+_id$/),
};

/** The account's agent where the DTO names none. */
export function withAgent<Dto extends { agentId?: string }>(dto: Dto, account: ChatvoltAccount): Dto {
  const named = !isRecord(dto) || dto.agentId !== undefined || account.agentId === undefined;
  return named ? dto : { agentId: account.agentId, ...dto };
}

/** The account's channel where a text by telephone number names none. */
export function withChannel(dto: SendMessageDto, { channel }: ChatvoltAccount): SendMessageDto {
  const named = !isRecord(dto) || dto.channel !== undefined || dto.phone === undefined || channel === undefined;
  return named ? dto : { channel, ...dto };
}

/** A checked DTO on its way into a conversation. */
export function outgoingOf<Dto extends ConversationDto>(form: ChatvoltOperation<Dto>, dto: Dto): OutgoingMessage {
  return {
    operation: form.operation,
    path: `messages/interactive/${form.operation}`,
    body: { ...dto },
    recipient: dto.conversationId,
    to: { conversation: dto.conversationId },
    buttons: form.buttons?.(dto) ?? [],
  };
}

/** A checked text on its way to a conversation, a telephone number or an e-mail address, which stands in the path. */
export function outgoingMessageOf({ conversationId, phone, email, ...body }: SendMessageDto): OutgoingMessage {
  const [kind, value] = addressOf(conversationId, phone, email);
  return {
    operation: TEXT,
    path: textPath(kind, value),
    body,
    recipient: value,
    to: kind === 'conversationId' ? { conversation: value } : value,
    buttons: [],
  };
}

/** A message whose conversation was found: it goes there, whatever stood in that place. */
export function intoConversation(outgoing: OutgoingMessage, conversationId: string): OutgoingMessage {
  const addressee = { recipient: conversationId, to: { conversation: conversationId } };
  if (outgoing.operation !== TEXT) return { ...outgoing, body: { ...outgoing.body, conversationId }, ...addressee };
  // By conversation neither agent nor channel is asked for.
  const { agentId: _agent, channel: _channel, ...body }: { agentId?: unknown; channel?: unknown } = outgoing.body;
  return { ...outgoing, path: textPath('conversationId', conversationId), body, ...addressee };
}

/** The conversation into which a message goes, if it says so. */
export function conversationIn({ operation, path, body, recipient }: OutgoingMessage): string | undefined {
  if (operation === TEXT) return path === textPath('conversationId', recipient) ? recipient : undefined;
  return 'conversationId' in body ? recipient : undefined;
}

function textPath(kind: string, value: string): string {
  return `conversation/message/${kind}/${encodeURIComponent(value)}`;
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
