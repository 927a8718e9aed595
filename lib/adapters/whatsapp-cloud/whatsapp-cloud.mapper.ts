import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { ButtonMessage, MessageHeader, ReplyButton, UrlButton } from '../../message/button-message.interface.js';
import { headerFields } from '../../message/header-fields.js';
import {
  isButtonMessage,
  isListMessage,
  isTemplateMessage,
  type ListMessage,
  type Message,
  type RichMessage,
} from '../../message/message.interface.js';
import { markedAddress, parseRecipient } from '../../message/recipient.js';
import { reasonsAgainstTextFallback, textFallback } from '../../message/text-fallback.js';
import type { Mapping } from '../provider-adapter.interface.js';
import type { MapDto } from '../provider-operation.js';
import type { HeaderDto, SendCtaUrlDto, SendListDto, SendReplyButtonsDto } from './dto/index.js';
import { CTA_URL, LIST, REPLY_BUTTONS, TEXT } from './whatsapp-cloud.operations.js';
import { templateRequest } from './whatsapp-cloud.template.js';

/** Maps a message to the operation of its kind. */
export function mapToCloud(message: Message, mapDto: MapDto<WhatsAppCloudAccount>): Mapping {
  if (isButtonMessage(message)) return mapButtons(message, mapDto);
  const reasons = unsupportedAddress(message);
  if (reasons.length > 0) return { reasons };
  if (isListMessage(message)) return mapDto(LIST, list(message));
  if (isTemplateMessage(message)) return { outgoing: templateRequest(message) };
  return mapDto(TEXT, { to: markedAddress(message.to), text: { body: message.text } });
}

/** Maps buttons to reply buttons, or to a single link button. */
function mapButtons(message: ButtonMessage, mapDto: MapDto<WhatsAppCloudAccount>): Mapping {
  const { buttons } = message;
  const replies = buttons.filter((button) => button.type === 'reply');
  const url = buttons.find((button) => button.type === 'url');
  const reasons = [...unsupportedAddress(message), ...unsupportedButtons(message)];
  if (reasons.length > 0) return { reasons };
  return url ? mapDto(CTA_URL, ctaUrl(message, url)) : mapDto(REPLY_BUTTONS, replyButtons(message, replies));
}

/** Maps a message to a text with numbered buttons or rows. */
export function mapToCloudText(message: RichMessage, mapDto: MapDto<WhatsAppCloudAccount>): Mapping {
  const reasons = [...unsupportedAddress(message), ...reasonsAgainstTextFallback(message)];
  if (reasons.length > 0) return { reasons };
  return mapDto(TEXT, { to: markedAddress(message.to), text: { body: textFallback(message) } });
}

function unsupportedAddress({ to }: Message): string[] {
  const { form } = parseRecipient(to);
  return form === 'phone' || form === 'userId'
    ? []
    : ['the WhatsApp Cloud API sends to phone numbers and user IDs only'];
}

function unsupportedButtons({ buttons }: ButtonMessage): string[] {
  const reasons: string[] = [];
  const has = (type: string) => buttons.some((button) => button.type === type);
  if (has('call')) reasons.push('the WhatsApp Cloud API does not support call buttons');
  if (has('copy')) reasons.push('the WhatsApp Cloud API supports copy buttons only in templates');
  if (has('url') && has('reply')) reasons.push('the WhatsApp Cloud API cannot mix reply buttons with other buttons');
  if (buttons.filter((button) => button.type === 'url').length > 1) {
    reasons.push('the WhatsApp Cloud API supports one link button per message');
  }
  return reasons;
}

function replyButtons(message: ButtonMessage, replies: ReplyButton[]): SendReplyButtonsDto {
  return {
    to: markedAddress(message.to),
    interactive: {
      type: 'button',
      ...frame(message),
      action: { buttons: replies.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) },
    },
  };
}

function ctaUrl(message: ButtonMessage, { title, url }: UrlButton): SendCtaUrlDto {
  return {
    to: markedAddress(message.to),
    interactive: {
      type: 'cta_url',
      ...frame(message),
      action: { name: 'cta_url', parameters: { display_text: title, url } },
    },
  };
}

function list({ to, text, header, footer, list: { button, sections } }: ListMessage): SendListDto {
  return {
    to: markedAddress(to),
    interactive: {
      type: 'list',
      ...(header !== undefined && { header: { type: 'text', text: header.text } }),
      body: { text },
      ...(footer !== undefined && { footer: { text: footer } }),
      action: { button, sections },
    },
  };
}

function frame({ text, header, footer }: ButtonMessage) {
  return {
    ...(header !== undefined && { header: headerOf(header) }),
    body: { text },
    ...(footer !== undefined && { footer: { text: footer } }),
  };
}

function headerOf(header: MessageHeader): HeaderDto {
  const { text, image, video, document, mediaId, kind = 'image' } = headerFields(header);
  if (text !== undefined) return { type: 'text', text };
  if (image !== undefined) return { type: 'image', image: { link: image } };
  if (video !== undefined) return { type: 'video', video: { link: video } };
  return document === undefined ? { type: kind, [kind]: { id: mediaId } } : { type: 'document', document };
}
