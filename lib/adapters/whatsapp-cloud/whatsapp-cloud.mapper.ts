import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import type { ButtonMessage, MessageHeader, ReplyButton, UrlButton } from '../../message/button-message.interface.js';
import { headerFields } from '../../message/header-fields.js';
import { markedAddress, parseRecipient } from '../../message/recipient.js';
import { reasonsAgainstTextFallback, textFallback } from '../../message/text-fallback.js';
import type { Mapping } from '../provider-adapter.interface.js';
import type { MapDto } from '../provider-operation.js';
import type { HeaderDto, SendCtaUrlDto, SendReplyButtonsDto } from './dto/index.js';
import { CTA_URL, REPLY_BUTTONS, TEXT } from './whatsapp-cloud.operations.js';

/** Maps a message to reply buttons, or to a single link button. */
export function mapToCloud(message: ButtonMessage, mapDto: MapDto<WhatsAppCloudAccount>): Mapping {
  const { buttons } = message;
  const replies = buttons.filter((button) => button.type === 'reply');
  const url = buttons.find((button) => button.type === 'url');
  const reasons = [...unsupportedAddress(message), ...unsupportedButtons(message)];
  if (reasons.length > 0) return { reasons };
  return url ? mapDto(CTA_URL, ctaUrl(message, url)) : mapDto(REPLY_BUTTONS, replyButtons(message, replies));
}

/** Maps a message to a text with numbered buttons. */
export function mapToCloudText(message: ButtonMessage, mapDto: MapDto<WhatsAppCloudAccount>): Mapping {
  const reasons = [...unsupportedAddress(message), ...reasonsAgainstTextFallback(message)];
  if (reasons.length > 0) return { reasons };
  return mapDto(TEXT, { to: markedAddress(message.to), text: { body: textFallback(message) } });
}

function unsupportedAddress(message: ButtonMessage): string[] {
  const { form } = parseRecipient(message.to);
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

function frame({ text, header, footer }: ButtonMessage) {
  return {
    ...(header !== undefined && { header: headerOf(header) }),
    body: { text },
    ...(footer !== undefined && { footer: { text: footer } }),
  };
}

function headerOf(header: MessageHeader): HeaderDto {
  const { text, image, video = '' } = headerFields(header);
  if (text !== undefined) return { type: 'text', text };
  return image === undefined ? { type: 'video', video: { link: video } } : { type: 'image', image: { link: image } };
}
