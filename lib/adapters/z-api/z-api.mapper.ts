import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import type { Button, ButtonMessage } from '../../message/button-message.interface.js';
import { headerFields } from '../../message/header-fields.js';
import { markedAddress, parseRecipient } from '../../message/recipient.js';
import { reasonsAgainstTextFallback, textFallback } from '../../message/text-fallback.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { Mapping } from '../provider-adapter.interface.js';
import type { MapDto } from '../provider-operation.js';
import type { ButtonActionDto, SendButtonActionsDto, SendButtonListDto } from './dto/index.js';
import { SEND_BUTTON_ACTIONS, SEND_BUTTON_LIST, SEND_TEXT } from './z-api.operations.js';

// Z-API's documentation of copy buttons: a URL button with this URL.
const COPY_CODE_ADDRESS = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=';

/** Maps a message to `send-button-actions`, or to `send-button-list` if it has a video. */
export function mapToZApi(
  message: ButtonMessage,
  mixedButtons: 'reject' | 'allow',
  mapDto: MapDto<ZApiAccount>,
): Mapping {
  const reasons = [...unsupportedAddress(message), ...unsupportedMixture(message, mixedButtons)];
  const { video } = headerFields(message.header);
  if (video !== undefined) reasons.push(...unsupportedVideo(message));
  if (reasons.length > 0) return { reasons };
  return video === undefined
    ? mapDto(SEND_BUTTON_ACTIONS, buttonActions(message))
    : mapDto(SEND_BUTTON_LIST, buttonList(message, video));
}

/** Maps a message to `send-text` with numbered buttons. */
export function mapToZApiText(message: ButtonMessage, mapDto: MapDto<ZApiAccount>): Mapping {
  const reasons = [...unsupportedAddress(message), ...reasonsAgainstTextFallback(message)];
  if (reasons.length > 0) return { reasons };
  return mapDto(SEND_TEXT, { phone: markedAddress(message.to), message: textFallback(message) });
}

function unsupportedAddress(message: ButtonMessage): string[] {
  const { form } = parseRecipient(message.to);
  if (form === 'conversation') return ['Z-API does not support conversations: pass a phone number or a group'];
  return form === 'userId' ? ['Z-API cannot send to a user ID: pass a phone number or a lid'] : [];
}

function unsupportedMixture(message: ButtonMessage, mixedButtons: 'reject' | 'allow'): string[] {
  const isReply = (button: Button) => button.type === 'reply';
  const isMixed = message.buttons.some(isReply) && !message.buttons.every(isReply);
  if (mixedButtons === 'allow' || !isMixed) return [];
  return ['Z-API cannot mix reply buttons with other buttons: WhatsApp Web does not show them'];
}

function unsupportedVideo(message: ButtonMessage): string[] {
  const reasons: string[] = [];
  if (message.footer !== undefined) reasons.push('Z-API does not support a footer with a video');
  if (message.buttons.some((button) => button.type !== 'reply')) {
    reasons.push('Z-API supports only reply buttons with a video');
  }
  return reasons;
}

function buttonActions({ to, text, header, footer, buttons }: ButtonMessage): SendButtonActionsDto {
  const { text: title, image } = headerFields(header);
  return {
    phone: markedAddress(to),
    message: text,
    ...withoutUndefined({ title, footer, image }),
    buttonActions: buttons.map(buttonAction),
  };
}

function buttonAction(button: Button): ButtonActionDto {
  switch (button.type) {
    case 'reply':
      return { id: button.id, type: 'REPLY', label: button.title };
    case 'url':
      return { type: 'URL', url: button.url, label: button.title };
    case 'call':
      return { type: 'CALL', phone: button.phone, label: button.title };
    case 'copy':
      return { type: 'URL', url: COPY_CODE_ADDRESS + encodeURIComponent(button.code), label: button.title };
  }
}

function buttonList({ to, text, buttons }: ButtonMessage, video: string): SendButtonListDto {
  const replies = buttons.filter((button) => button.type === 'reply');
  return {
    phone: markedAddress(to),
    message: text,
    buttonList: { video, buttons: replies.map(({ id, title }) => ({ id, label: title })) },
  };
}
