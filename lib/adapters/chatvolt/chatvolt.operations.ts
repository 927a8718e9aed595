import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import { phoneDigits } from '../../message/recipient-kind.js';
import type { OfferedButton } from '../../stores/sent-message.store.js';
import type { DtoClass } from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import type { OutgoingMessage } from '../provider-adapter.interface.js';
import { SendButtonsDto, SendCtaDto, SendListsDto, type SendMessageDto } from './dto/index.js';

/** A DTO of a message to a conversation. */
interface ConversationDto {
  agentId?: string;
  conversationId: string;
}

/** An operation that sends to a conversation: its path, rules and buttons. */
export interface ChatvoltOperation<Dto extends ConversationDto> {
  operation: string;
  dto: DtoClass<Dto>;
  /** Returns the buttons and rows whose replies the provider reports. */
  buttons?(dto: Dto): OfferedButton[];
}

// The name of the operation that sends a text.
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

/** Adds the account's agent if the DTO has none. */
export function withAgent<Dto extends { agentId?: string }>(dto: Dto, account: ChatvoltAccount): Dto {
  const named = !isRecord(dto) || dto.agentId !== undefined || account.agentId === undefined;
  return named ? dto : { agentId: account.agentId, ...dto };
}

/** Adds the account's channel if a text to a phone number has none. */
export function withChannel(dto: SendMessageDto, { channel }: ChatvoltAccount): SendMessageDto {
  const named = !isRecord(dto) || dto.channel !== undefined || dto.phone === undefined || channel === undefined;
  return named ? dto : { channel, ...dto };
}

/** Creates the request of a valid DTO. */
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

/** Creates the request of a valid text. Its conversation, phone number or email address is in the path. */
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

/** Sets the conversation of a message after its lookup. */
export function intoConversation(outgoing: OutgoingMessage, conversationId: string): OutgoingMessage {
  const addressee = { recipient: conversationId, to: { conversation: conversationId } };
  if (outgoing.operation !== TEXT) return { ...outgoing, body: { ...outgoing.body, conversationId }, ...addressee };
  // Requests to a conversation have no agent and no channel.
  const { agentId: _agent, channel: _channel, ...body }: { agentId?: unknown; channel?: unknown } = outgoing.body;
  return { ...outgoing, path: textPath('conversationId', conversationId), body, ...addressee };
}

/** Returns the conversation of a message, if it has one. */
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

/** Returns the buttons of the flat format, whose field names differ in the suffix. */
function pairs(dto: object, idField: RegExp): OfferedButton[] {
  const fields = new Map<string, unknown>(Object.entries(dto));
  return [...fields.entries()].flatMap(([field, id]) => {
    const title = idField.test(field) ? fields.get(field.replace(/_id$/, '_title')) : undefined;
    return typeof id === 'string' && typeof title === 'string' ? [{ id, title }] : [];
  });
}
