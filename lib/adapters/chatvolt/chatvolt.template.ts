import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { TemplateButton, TemplateHeader, TemplateMessage } from '../../message/message.interface.js';
import { parseRecipient } from '../../message/recipient.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { ChatvoltTemplateButtonDto, ChatvoltTemplateButtonType, ChatvoltTemplateDto } from './dto/index.js';

const BUTTON_TYPES: Readonly<Record<TemplateButton['type'], ChatvoltTemplateButtonType>> = {
  reply: 'quick_reply',
  url: 'url',
  copy: 'copy_code',
  flow: 'flow',
};

/** Returns why Chatvolt cannot send a template. */
export function unsupportedTemplate({ to, template }: TemplateMessage, { phoneNumberId }: ChatvoltAccount): string[] {
  const { header, body, buttons = [] } = template;
  const reasons: string[] = [];
  if (Array.isArray(body)) reasons.push('Chatvolt supports only named values in the body of a template');
  if (header?.text && Object.keys(header.text).length > 1) {
    reasons.push('Chatvolt supports one value in the header of a template');
  }
  if (buttons.some((button) => button.type === 'flow' && button.data)) {
    reasons.push('Chatvolt does not support the data of a flow');
  }
  if (parseRecipient(to).form !== 'phone') reasons.push('Chatvolt sends templates to phone numbers only');
  if (phoneNumberId === undefined) reasons.push('Chatvolt requires phoneNumberId of the account for templates');
  return reasons;
}

/** Returns a supported template in Chatvolt's format. */
export function templateOf({ to, template, text }: TemplateMessage): ChatvoltTemplateDto {
  const { name, language, header, body = {}, buttons } = template;
  const variables = Object.entries(body).map(([variable, value]) => [`var_${variable}`, value] as const);
  return {
    to: parseRecipient(to).value,
    ...withoutUndefined({ text }),
    templateName: name,
    templateLangCode: language,
    ...Object.fromEntries(variables),
    ...(buttons && { buttons: buttons.map(buttonOf) }),
    ...(header && headerFields(header)),
  };
}

function buttonOf(button: TemplateButton): ChatvoltTemplateButtonDto {
  return { type: BUTTON_TYPES[button.type], value: buttonValue(button), index: button.index };
}

function buttonValue(button: TemplateButton): string {
  switch (button.type) {
    case 'reply':
      return button.payload;
    case 'url':
      return button.suffix;
    case 'copy':
      return button.code;
    case 'flow':
      return button.token ?? '';
  }
}

type HeaderFields = Pick<ChatvoltTemplateDto, 'header_type' | 'header_text' | 'header_link' | 'header_filename'>;

function headerFields({ text, image, video, document }: TemplateHeader): HeaderFields {
  if (text) return { header_type: 'text', ...withoutUndefined({ header_text: Object.values(text)[0] }) };
  if (image !== undefined) return { header_type: 'image', header_link: image };
  if (video !== undefined) return { header_type: 'video', header_link: video };
  const file = withoutUndefined({ header_link: document?.link, header_filename: document?.filename });
  return { header_type: 'document', ...file };
}
