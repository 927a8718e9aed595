import { BodyCheck } from '../checks/body-check.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { phoneButtons, phoneSections } from '../phones/phone-buttons.js';
import type { PhoneContent, PhoneList } from '../phones/phone-message.interface.js';

/** Returns what a phone shows of a Chatvolt message. */
export function chatvoltContent(message: AcceptedMessage): PhoneContent {
  const body = new BodyCheck(message.body);
  const head = body.optionalText('header_text');
  const footer = body.optionalText('footer_text');
  const around = {
    ...(head && { header: { kind: 'text', text: head } as const }),
    text: message.text,
    ...(footer && { footer }),
  };
  switch (message.endpoint) {
    case 'send-buttons':
      return { ...around, buttons: phoneButtons(message.buttons) };
    case 'send-cta':
      return { ...around, buttons: phoneButtons(message.buttons, [body.text('button_url')]) };
    case 'send-lists':
      return { ...around, buttons: [], list: list(message, body) };
    default:
      return { text: message.text, buttons: [] };
  }
}

function list(message: AcceptedMessage, body: BodyCheck): PhoneList {
  const title = body.optionalText('list_title');
  const sections: { title: string; descriptions: (string | undefined)[] }[] = [];
  for (let section = 1; body.has(`section_${section}_title`); section += 1) {
    const descriptions: (string | undefined)[] = [];
    while (body.has(`section_${section}_row_${descriptions.length + 1}_id`)) {
      descriptions.push(body.optionalText(`section_${section}_row_${descriptions.length + 1}_description`));
    }
    sections.push({ title: body.text(`section_${section}_title`), descriptions });
  }
  return {
    button: body.text('button_text'),
    ...(title && { title }),
    sections: phoneSections(message.buttons, sections),
  };
}
