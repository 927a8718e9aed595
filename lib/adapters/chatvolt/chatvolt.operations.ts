import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { Issue } from '../../errors/issue.js';
import { phoneDigits } from '../../message/recipient-kind.js';
import type { OfferedButton } from '../../stores/sent-message.store.js';
import type { DtoClass } from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import type { OutgoingMessage } from '../provider-adapter.interface.js';
import type { ProviderOperation } from '../provider-operation.js';
import {
  ChatvoltContactDto,
  ChatvoltLocationDto,
  ChatvoltLocationRequestDto,
  type ChatvoltTemplateButtonDto,
  ChatvoltTemplateDto,
  SendButtonsDto,
  SendCtaDto,
  SendListsDto,
  SendMessageDto,
} from './dto/index.js';

/** A DTO of a message to a conversation. */
interface ConversationDto {
  agentId?: string;
  conversationId: string;
}

// The name of the operation that sends a text.
const TEXT = 'conversation-message';

type ChatvoltOperation<Dto extends object> = ProviderOperation<Dto, ChatvoltAccount>;

export const SEND_BUTTONS = toConversation('send-buttons', SendButtonsDto, { idField: /^button_\d+_id$/ });

export const SEND_CTA = toConversation('send-cta', SendCtaDto);

export const SEND_LISTS = toConversation('send-lists', SendListsDto, { idField: /^section_\d+_row_\d+_id$/ });

export const SEND_LOCATION = toConversation('send-location', ChatvoltLocationDto, {
  normalize: ({ latitude, longitude }) => ({ latitude: String(latitude), longitude: String(longitude) }),
});

export const REQUEST_LOCATION = toConversation('location-request', ChatvoltLocationRequestDto);

export const SEND_CONTACT = toConversation('send-contact', ChatvoltContactDto);

/** A text. Its conversation, phone number or email address is in the path. */
export const SEND_MESSAGE: ChatvoltOperation<SendMessageDto> = {
  dto: SendMessageDto,
  complete: (dto, account) => (isAddressed(dto) ? withChannel(withAgent(dto, account), account) : dto),
  issues: (dto) => (isAddressed(dto) ? agentIssues(dto) : []),
  outgoingOf({ conversationId, phone, email, ...body }) {
    const [kind, value] = addressOf(conversationId, phone, email);
    return {
      operation: TEXT,
      path: textPath(kind, value),
      body,
      recipient: value,
      to: kind === 'conversationId' ? { conversation: value } : value,
      buttons: [],
    };
  },
};

/** A template, which opens the conversation. The number that sends it is in the path. */
export const SEND_TEMPLATE: ChatvoltOperation<ChatvoltTemplateDto> = {
  dto: ChatvoltTemplateDto,
  complete: (dto, account) => withPhoneNumberId(withAgent(dto, account), account),
  issues: (dto) => [...agentIssues(dto), ...missingIssues(dto, 'phoneNumberId', 'isPhoneNumberId')],
  outgoingOf({ phoneNumberId = '', to, ...body }) {
    const recipient = phoneDigits(to);
    return {
      operation: 'template-message',
      path: `whatsapp/${encodeURIComponent(phoneNumberId)}/template-message`,
      body: { to: recipient, ...body },
      recipient,
      to,
      buttons: (body.buttons ?? []).flatMap(offeredReply),
    };
  },
};

interface Reading<Dto> {
  /** The fields with the IDs of the buttons or rows whose replies the provider reports. */
  idField?: RegExp;
  /** Returns the fields that differ in the request. */
  normalize?(dto: Dto): Partial<Dto>;
}

function toConversation<Dto extends ConversationDto>(
  operation: string,
  dtoClass: DtoClass<Dto>,
  { idField, normalize }: Reading<Dto> = {},
): ChatvoltOperation<Dto> {
  return {
    dto: dtoClass,
    complete: withAgent,
    issues: agentIssues,
    outgoingOf: (dto) => ({
      operation,
      path: `messages/interactive/${operation}`,
      body: { ...dto, ...normalize?.(dto) },
      recipient: dto.conversationId,
      to: { conversation: dto.conversationId },
      buttons: idField ? pairs(dto, idField) : [],
    }),
  };
}

/** Whether a text is sent to a phone number or email address, which requires an agent and a channel. */
function isAddressed(dto: unknown): boolean {
  return isRecord(dto) && (dto.phone !== undefined || dto.email !== undefined);
}

/** Adds the account's agent if the DTO has none. */
function withAgent<Dto extends { agentId?: string }>(dto: Dto, account: ChatvoltAccount): Dto {
  const named = !isRecord(dto) || dto.agentId !== undefined || account.agentId === undefined;
  return named ? dto : { agentId: account.agentId, ...dto };
}

/** Adds the account's channel if a text to a phone number has none. */
function withChannel(dto: SendMessageDto, { channel }: ChatvoltAccount): SendMessageDto {
  const named = dto.channel !== undefined || dto.phone === undefined || channel === undefined;
  return named ? dto : { channel, ...dto };
}

/** Adds the account's phone number if the template has none. */
function withPhoneNumberId(dto: ChatvoltTemplateDto, { phoneNumberId }: ChatvoltAccount): ChatvoltTemplateDto {
  const named = !isRecord(dto) || dto.phoneNumberId !== undefined || phoneNumberId === undefined;
  return named ? dto : { ...dto, phoneNumberId };
}

function agentIssues(dto: unknown): Issue[] {
  return missingIssues(dto, 'agentId', 'isAgent');
}

/** Checks that the DTO or the account has a field. The DTO's own rules cannot require it. */
function missingIssues(dto: unknown, field: string, rule: string): Issue[] {
  // Other rules report values that are not objects, and fields with a wrong type.
  if (!isRecord(dto) || dto[field] !== undefined) return [];
  return [{ path: field, rule, message: `${field} must be set here or in the account` }];
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

/** Returns a reply button of a template. Its title is in the template, so only a press finds it. */
function offeredReply({ type, value }: ChatvoltTemplateButtonDto): OfferedButton[] {
  return type === 'quick_reply' && value !== undefined ? [{ id: value, title: '' }] : [];
}

/** Returns the buttons of the flat format, whose field names differ in the suffix. */
function pairs(dto: object, idField: RegExp): OfferedButton[] {
  const fields = new Map<string, unknown>(Object.entries(dto));
  return [...fields.entries()].flatMap(([field, id]) => {
    const title = idField.test(field) ? fields.get(field.replace(/_id$/, '_title')) : undefined;
    return typeof id === 'string' && typeof title === 'string' ? [{ id, title }] : [];
  });
}
