import type { ChatvoltAccount } from '../../config/accounts/chatvolt.account.js';
import type { TemplateButton, TemplateHeader, TemplateMessage } from '../../message/message.interface.js';
import { parseRecipient } from '../../message/recipient.js';
import { withoutUndefined } from '../../message/without-undefined.js';
import type { OutgoingMessage } from '../provider-adapter.interface.js';
import { offeredInTemplate } from '../template-buttons.js';

const BUTTON_TYPES: Readonly<Record<TemplateButton['type'], string>> = {
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

/** Creates the request of a supported template, which opens the conversation. */
export function templateRequest(
  { to, template, text }: TemplateMessage,
  { agentId, phoneNumberId = '' }: ChatvoltAccount,
): OutgoingMessage {
  const { name, language, header, body = {}, buttons } = template;
  const { value: recipient } = parseRecipient(to);
  const variables = Object.entries(body).map(([variable, value]) => [`var_${variable}`, value] as const);
  return {
    operation: 'template-message',
    path: `whatsapp/${encodeURIComponent(phoneNumberId)}/template-message`,
    body: {
      to: recipient,
      ...withoutUndefined({ text }),
      agentId,
      templateName: name,
      templateLangCode: language,
      ...Object.fromEntries(variables),
      ...(buttons && { buttons: buttons.map(buttonOf) }),
      ...(header && headerFields(header)),
    },
    recipient,
    to,
    buttons: offeredInTemplate(template),
  };
}

function buttonOf(button: TemplateButton) {
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

function headerFields({ text, image, video, document }: TemplateHeader): object {
  if (text) return { header_type: 'text', header_text: Object.values(text)[0] };
  if (image !== undefined) return { header_type: 'image', header_link: image };
  if (video !== undefined) return { header_type: 'video', header_link: video };
  const { link, filename } = document ?? {};
  return { header_type: 'document', header_link: link, ...withoutUndefined({ header_filename: filename }) };
}
