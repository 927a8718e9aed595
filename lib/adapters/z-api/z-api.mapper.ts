import type { ZApiAccount } from '../../config/accounts/z-api.account.js';
import type { Button, ButtonMessage } from '../../message/button-message.interface.js';
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
import { withoutUndefined } from '../../message/without-undefined.js';
import type { Mapping } from '../provider-adapter.interface.js';
import type { MapDto } from '../provider-operation.js';
import type { ButtonActionDto, SendButtonActionsDto, SendButtonListDto, SendOptionListDto } from './dto/index.js';
import { SEND_BUTTON_ACTIONS, SEND_BUTTON_LIST, SEND_OPTION_LIST, SEND_TEXT } from './z-api.operations.js';

// Z-API's documentation of copy buttons: a URL button with this URL.
const COPY_CODE_ADDRESS = 'https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=';

/** Maximum length of the title that an option list gets from a text without a header. */
const MAX_LIST_TITLE = 60;

/** Maps a message to the operation of its kind. */
export function mapToZApi(message: Message, mixedButtons: 'reject' | 'allow', mapDto: MapDto<ZApiAccount>): Mapping {
  if (isButtonMessage(message)) return mapButtons(message, mixedButtons, mapDto);
  if (isTemplateMessage(message)) return { reasons: ['Z-API does not support templates'] };
  const reasons = [...unsupportedAddress(message), ...(isListMessage(message) ? unsupportedList(message) : [])];
  if (reasons.length > 0) return { reasons };
  if (isListMessage(message)) return mapDto(SEND_OPTION_LIST, optionList(message));
  return mapDto(SEND_TEXT, { phone: markedAddress(message.to), message: message.text });
}

/** Maps buttons to `send-button-actions`, or to `send-button-list` if there is a video. */
function mapButtons(message: ButtonMessage, mixedButtons: 'reject' | 'allow', mapDto: MapDto<ZApiAccount>): Mapping {
  const reasons = [...unsupportedAddress(message), ...unsupportedMixture(message, mixedButtons)];
  const { video, document, mediaId } = headerFields(message.header);
  if (document !== undefined) reasons.push('Z-API does not support documents above buttons');
  if (mediaId !== undefined) reasons.push('Z-API has no uploaded files: pass a URL');
  if (video !== undefined) reasons.push(...unsupportedVideo(message));
  if (reasons.length > 0) return { reasons };
  return video === undefined
    ? mapDto(SEND_BUTTON_ACTIONS, buttonActions(message))
    : mapDto(SEND_BUTTON_LIST, buttonList(message, video));
}

/** Maps a message to `send-text` with numbered buttons or rows. */
export function mapToZApiText(message: RichMessage, mapDto: MapDto<ZApiAccount>): Mapping {
  const reasons = [...unsupportedAddress(message), ...reasonsAgainstTextFallback(message)];
  if (reasons.length > 0) return { reasons };
  return mapDto(SEND_TEXT, { phone: markedAddress(message.to), message: textFallback(message) });
}

function unsupportedAddress({ to }: Message): string[] {
  const { form } = parseRecipient(to);
  if (form === 'conversation') return ['Z-API does not support conversations: pass a phone number or a group'];
  return form === 'userId' ? ['Z-API cannot send to a user ID: pass a phone number or a lid'] : [];
}

function unsupportedList({ to, footer, list }: ListMessage): string[] {
  const reasons: string[] = [];
  if (parseRecipient(to).form === 'group') reasons.push('Z-API does not show lists in groups');
  if (list.sections.length > 1) reasons.push('Z-API supports one section per list');
  if (footer !== undefined) reasons.push('Z-API does not support a footer with a list');
  return reasons;
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

function optionList({ to, text, header, list }: ListMessage): SendOptionListDto {
  const [firstLine = text] = text.trim().split('\n');
  return {
    phone: markedAddress(to),
    message: text,
    optionList: {
      title: header?.text ?? [...firstLine].slice(0, MAX_LIST_TITLE).join(''),
      buttonLabel: list.button,
      options: list.sections.flatMap(({ rows }) =>
        rows.map(({ id, title, description }) => ({ id, title, ...withoutUndefined({ description }) })),
      ),
    },
  };
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
