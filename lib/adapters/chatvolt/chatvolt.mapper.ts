import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { ButtonMessage, ReplyButton, UrlButton } from '../../message/button-message.interface.js';
import { headerFields } from '../../message/header-fields.js';
import {
  isButtonMessage,
  isListMessage,
  isTemplateMessage,
  type ListMessage,
  type ListSection,
  type Message,
  type RichMessage,
  type TemplateMessage,
} from '../../message/message.interface.js';
import { parseRecipient } from '../../message/recipient.js';
import { recipientKind } from '../../message/recipient-kind.js';
import { reasonsAgainstTextFallback, textFallback } from '../../message/text-fallback.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { Mapping } from '../provider-adapter.interface.js';
import type { MapDto } from '../provider-operation.js';
import { offeredInTemplate } from '../template-buttons.js';
import { SEND_BUTTONS, SEND_CTA, SEND_LISTS, SEND_MESSAGE, SEND_TEMPLATE } from './chatvolt.operations.js';
import { templateOf, unsupportedTemplate } from './chatvolt.template.js';
import type { SendButtonsDto, SendCtaDto, SendListsDto } from './dto/index.js';

// Chatvolt's name of the channel, which messages to phone numbers require.
const CHANNEL = 'whatsapp';

/** Maps a message to the operation of its kind. */
export function mapToChatvolt(message: Message, account: ChatvoltAccount, mapDto: MapDto<ChatvoltAccount>): Mapping {
  if (isButtonMessage(message)) return mapButtons(message, account, mapDto);
  if (isTemplateMessage(message)) {
    const reasons = [...unsupportedAgent(account), ...unsupportedTemplate(message, account)];
    return reasons.length > 0 ? { reasons } : mapTemplate(message, mapDto);
  }
  if (!isListMessage(message)) return mapText(message, message.text, account, mapDto);
  const reasons = [...unsupportedAddress(message, account), ...unsupportedList(message), ...unsupportedAgent(account)];
  return reasons.length > 0 ? { reasons } : mapDto(SEND_LISTS, lists(message));
}

/** Maps a template with the titles of its buttons, which Chatvolt's own format does not have. */
function mapTemplate(message: TemplateMessage, mapDto: MapDto<ChatvoltAccount>): Mapping {
  const mapping = mapDto(SEND_TEMPLATE, templateOf(message));
  if ('reasons' in mapping) return mapping;
  return { outgoing: { ...mapping.outgoing, buttons: offeredInTemplate(message.template) } };
}

/** Maps buttons to reply buttons, or to a single link button. */
function mapButtons(message: ButtonMessage, account: ChatvoltAccount, mapDto: MapDto<ChatvoltAccount>): Mapping {
  const reasons = [
    ...unsupportedAddress(message, account),
    ...unsupportedHeader(message),
    ...unsupportedButtons(message),
    ...unsupportedAgent(account),
  ];
  if (reasons.length > 0) return { reasons };
  const url = message.buttons.find((button) => button.type === 'url');
  const replies = message.buttons.filter((button) => button.type === 'reply');
  return url ? mapDto(SEND_CTA, cta(message, url)) : mapDto(SEND_BUTTONS, buttons(message, replies));
}

/** Maps a message to a text with numbered buttons or rows. */
export function mapToChatvoltText(
  message: RichMessage,
  account: ChatvoltAccount,
  mapDto: MapDto<ChatvoltAccount>,
): Mapping {
  const reasons = reasonsAgainstTextFallback(message);
  const mapping = mapText(message, textFallback(message), account, mapDto);
  if (reasons.length === 0) return mapping;
  return { reasons: [...reasons, ...('reasons' in mapping ? mapping.reasons : [])] };
}

/** Maps a text. A phone number needs no lookup. A lid takes the place of the conversation until it is found. */
function mapText(message: Message, text: string, account: ChatvoltAccount, mapDto: MapDto<ChatvoltAccount>): Mapping {
  const { value } = parseRecipient(message.to);
  const reasons = unsupportedTextAddress(message, account);
  if (reasons.length > 0) return { reasons };
  const recipient =
    personKindOf(message) === 'phone'
      ? { phone: `+${value}`, channel: account.channel ?? CHANNEL }
      : { conversationId: value };
  return mapDto(SEND_MESSAGE, { message: text, ...recipient });
}

/** Returns the kind of a person's ID, or undefined for conversations and groups. */
export function personKindOf({ to }: Message): 'phone' | 'lid' | undefined {
  const { form, value } = parseRecipient(to);
  if (form === 'conversation' || form === 'group') return undefined;
  const kind = recipientKind(value);
  return kind === 'phone' || kind === 'lid' ? kind : undefined;
}

function unsupportedAddress(message: Message, account: ChatvoltAccount): string[] {
  if (parseRecipient(message.to).form === 'conversation') return [];
  if (personKindOf(message) === undefined) return [reasonAgainstStranger(message)];
  if (account.lookUpConversations) return [];
  return ['Chatvolt sends buttons to conversations only: pass `to: { conversation }` or enable `lookUpConversations`'];
}

function unsupportedTextAddress(message: Message, account: ChatvoltAccount): string[] {
  if (parseRecipient(message.to).form === 'conversation') return [];
  const kind = personKindOf(message);
  if (kind === undefined) return [reasonAgainstStranger(message)];
  if (kind === 'phone' || account.lookUpConversations) return unsupportedAgent(account);
  return ['Chatvolt cannot send to a lid: pass `to: { conversation }` or enable `lookUpConversations`'];
}

function reasonAgainstStranger({ to }: Message): string {
  const { form } = parseRecipient(to);
  return form === 'group'
    ? 'Chatvolt cannot send to a group: pass `to: { conversation }`'
    : 'Chatvolt identifies people by phone number or lid: pass one of them, or the conversation';
}

function unsupportedHeader({ header }: ButtonMessage): string[] {
  const { text } = headerFields(header);
  return header === undefined || text !== undefined
    ? []
    : ['Chatvolt does not support images, videos and documents above buttons'];
}

function unsupportedAgent(account: ChatvoltAccount): string[] {
  return account.agentId === undefined ? ['Chatvolt requires an agent: set agentId of the account'] : [];
}

function unsupportedButtons({ buttons }: ButtonMessage): string[] {
  const reasons: string[] = [];
  const has = (type: string) => buttons.some((button) => button.type === type);
  if (has('call')) reasons.push('Chatvolt does not support call buttons');
  if (has('copy')) reasons.push('Chatvolt does not support copy buttons');
  if (has('url') && has('reply')) reasons.push('Chatvolt cannot mix reply buttons with other buttons');
  if (buttons.filter((button) => button.type === 'url').length > 1) {
    reasons.push('Chatvolt supports one link button per message');
  }
  return reasons;
}

/** Chatvolt reports the title of a choice only, so titles must differ. */
function unsupportedList({ list: { sections } }: ListMessage): string[] {
  const reasons: string[] = [];
  if (sections.some(({ title }) => title === undefined)) reasons.push('Chatvolt requires a title for each section');
  const titles = sections.flatMap(({ rows }) => rows.map(({ title }) => title));
  if (new Set(titles).size < titles.length) {
    reasons.push('Chatvolt reports choices by title, so the rows of a list must have different titles');
  }
  return reasons;
}

function frame({ to, text, header, footer }: ButtonMessage | ListMessage) {
  const { text: title } = headerFields(header);
  return {
    conversationId: parseRecipient(to).value,
    ...withoutUndefined({ header_text: title }),
    body_text: text,
    ...withoutUndefined({ footer_text: footer }),
  };
}

function buttons(message: ButtonMessage, [first, second, third]: ReplyButton[]): SendButtonsDto {
  return {
    ...frame(message),
    button_1_id: first?.id ?? '',
    button_1_title: first?.title ?? '',
    ...(second && { button_2_id: second.id, button_2_title: second.title }),
    ...(third && { button_3_id: third.id, button_3_title: third.title }),
  };
}

function lists(message: ListMessage): SendListsDto {
  const { button, sections } = message.list;
  return { ...frame(message), button_text: button, ...Object.assign({}, ...sections.map(sectionFields)) };
}

function sectionFields({ title, rows }: ListSection, index: number): Record<string, string> {
  const section = `section_${index + 1}`;
  const fields = rows.flatMap((row, rowIndex) =>
    Object.entries(row).map(([field, value]) => [`${section}_row_${rowIndex + 1}_${field}`, value] as const),
  );
  return Object.fromEntries([[`${section}_title`, title ?? ''], ...fields]);
}

function cta(message: ButtonMessage, { title, url }: UrlButton): SendCtaDto {
  return { ...frame(message), button_display_text: title, button_url: url };
}
