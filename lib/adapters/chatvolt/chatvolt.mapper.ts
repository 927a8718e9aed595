import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { ButtonMessage, ReplyButton, UrlButton } from '../../message/button-message.interface.js';
import { headerFields } from '../../message/header-fields.js';
import { parseRecipient } from '../../message/recipient.js';
import { recipientKind } from '../../message/recipient-kind.js';
import { reasonsAgainstTextFallback, textFallback } from '../../message/text-fallback.js';
import type { SendButtonsDto, SendCtaDto, SendMessageDto } from './dto/index.js';

/** A DTO of one of the forms, or why there is none. */
export type ChatvoltMapping =
  | { buttons: SendButtonsDto }
  | { cta: SendCtaDto }
  | { text: SendMessageDto }
  | { reasons: string[] };

// Chatvolt calls the channel so; a message by telephone number has to name one.
const CHANNEL = 'whatsapp';

/** A message as reply buttons, or as a single button that opens an address. */
export function mapToChatvolt(message: ButtonMessage, account: ChatvoltAccount): ChatvoltMapping {
  const reasons = [
    ...reasonsAgainstAddress(message, account),
    ...reasonsAgainstHeader(message),
    ...reasonsAgainstButtons(message),
    ...reasonsAgainstAgent(account),
  ];
  if (reasons.length > 0) return { reasons };
  const [url] = message.buttons.filter((button) => button.type === 'url');
  if (url !== undefined) return { cta: cta(message, url) };
  return {
    buttons: buttons(
      message,
      message.buttons.filter((button) => button.type === 'reply'),
    ),
  };
}

/**
 * A message with its buttons written out. A telephone number needs no looking up here; a lid stands in the place of the
 * conversation that is to be found.
 */
export function mapToChatvoltText(message: ButtonMessage, account: ChatvoltAccount): ChatvoltMapping {
  const { value } = parseRecipient(message.to);
  const reasons = [...reasonsAgainstTextFallback(message), ...reasonsAgainstTextAddress(message, account)];
  if (reasons.length > 0) return { reasons };
  const text = textFallback(message);
  return {
    text:
      personKindOf(message) === 'phone'
        ? { message: text, phone: `+${value}`, channel: account.channel ?? CHANNEL }
        : { message: text, conversationId: value },
  };
}

/** Whom a message is for: a person by number or lid, or undefined where it names the conversation, or what has none. */
export function personKindOf({ to }: ButtonMessage): 'phone' | 'lid' | undefined {
  const { form, value } = parseRecipient(to);
  if (form === 'conversation' || form === 'group') return undefined;
  const kind = recipientKind(value);
  return kind === 'phone' || kind === 'lid' ? kind : undefined;
}

function reasonsAgainstAddress(message: ButtonMessage, account: ChatvoltAccount): string[] {
  if (parseRecipient(message.to).form === 'conversation') return [];
  if (personKindOf(message) === undefined) return [reasonAgainstStranger(message)];
  if (account.lookUpConversations) return [];
  return ['Chatvolt sends buttons into conversations: give one, or let the account have lookUpConversations'];
}

function reasonsAgainstTextAddress(message: ButtonMessage, account: ChatvoltAccount): string[] {
  if (parseRecipient(message.to).form === 'conversation') return [];
  const kind = personKindOf(message);
  if (kind === undefined) return [reasonAgainstStranger(message)];
  if (kind === 'phone' || account.lookUpConversations) return reasonsAgainstAgent(account);
  return ['Chatvolt cannot address a lid: give its conversation, or let the account have lookUpConversations'];
}

function reasonAgainstStranger({ to }: ButtonMessage): string {
  const { form } = parseRecipient(to);
  return form === 'group'
    ? 'Chatvolt cannot address a group: give its conversation'
    : 'Chatvolt knows people by telephone number or lid: give one, or the conversation';
}

function reasonsAgainstHeader({ header }: ButtonMessage): string[] {
  const { image, video } = headerFields(header);
  return image === undefined && video === undefined ? [] : ['Chatvolt has no images and videos above buttons'];
}

function reasonsAgainstAgent(account: ChatvoltAccount): string[] {
  return account.agentId === undefined ? ['Chatvolt needs an agent: give the account an agentId'] : [];
}

function reasonsAgainstButtons({ buttons }: ButtonMessage): string[] {
  const reasons: string[] = [];
  const has = (type: string) => buttons.some((button) => button.type === type);
  if (has('call')) reasons.push('Chatvolt has no button that dials a telephone number');
  if (has('copy')) reasons.push('Chatvolt has no button that copies a code');
  if (has('url') && has('reply')) reasons.push('Chatvolt cannot mix reply buttons with others');
  if (buttons.filter((button) => button.type === 'url').length > 1) {
    reasons.push('Chatvolt carries one button with an address in a message');
  }
  return reasons;
}

function frame({ to, text, header, footer }: ButtonMessage) {
  const { text: title } = headerFields(header);
  return {
    conversationId: parseRecipient(to).value,
    ...(title !== undefined && { header_text: title }),
    body_text: text,
    ...(footer !== undefined && { footer_text: footer }),
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

function cta(message: ButtonMessage, { title, url }: UrlButton): SendCtaDto {
  return { ...frame(message), button_display_text: title, button_url: url };
}
