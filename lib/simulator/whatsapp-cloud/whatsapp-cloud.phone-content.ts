import { BodyCheck } from '../checks/body-check.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { phoneButtons, phoneSections } from '../phones/phone-buttons.js';
import type { PhoneCard, PhoneContent, PhoneForm, PhoneHeader, PhoneList } from '../phones/phone-message.interface.js';
import { formFields } from '../phones/phone-reply.js';
import { templateOnPhone } from '../templates/template-phone-content.js';

const MEDIA_KINDS = ['image', 'video', 'document', 'audio', 'sticker'] as const;

/** Returns what a phone shows of a Cloud API message. */
export function cloudContent(message: AcceptedMessage): PhoneContent {
  const { text, template } = message;
  const body = new BodyCheck(message.body);
  if (template) return templateOnPhone(template, body.object('template'));
  const content = body.optionalObject('interactive');
  if (!content) return { ...medium(body), text, buttons: phoneButtons(message.buttons) };
  const footer = content.optionalObject('footer')?.text('text');
  const around = { ...header(content.optionalObject('header')), text, ...(footer && { footer }) };
  const action = content.object('action');
  switch (content.text('type')) {
    case 'list':
      return { ...around, buttons: [], list: list(message, action) };
    case 'carousel':
      return { ...around, buttons: [], cards: cards(message, action) };
    case 'flow':
      return { ...around, buttons: phoneButtons(message.buttons), form: form(action.object('parameters')) };
    default: {
      const target = action.optionalObject('parameters')?.optionalText('url');
      return { ...around, buttons: phoneButtons(message.buttons, [target]) };
    }
  }
}

function header(head: BodyCheck | undefined): { header?: PhoneHeader } {
  if (!head) return {};
  return medium(head) ?? { header: { kind: 'text', text: head.text('text') } };
}

/** Returns the medium of a header or message. */
function medium(given: BodyCheck): { header: PhoneHeader } | undefined {
  const kind = MEDIA_KINDS.find((media) => media === given.value('type'));
  if (!kind) return undefined;
  const { link, id, filename } = given.object(kind).optionalTexts('link', 'id', 'filename');
  return { header: { kind, ...(link && { url: link }), ...(id && { mediaId: id }), ...(filename && { filename }) } };
}

function list(message: AcceptedMessage, action: BodyCheck): PhoneList {
  const sections = action.objects('sections').map((section) => ({
    title: section.optionalText('title'),
    descriptions: section.objects('rows').map((row) => row.optionalText('description')),
  }));
  return { button: action.text('button'), sections: phoneSections(message.buttons, sections) };
}

function cards(message: AcceptedMessage, action: BodyCheck): PhoneCard[] {
  let next = 0;
  return action.objects('cards').map((card) => {
    const content = card.object('action');
    const first = next;
    next += content.optionalListed('buttons').length || 1;
    const target = content.optionalObject('parameters')?.optionalText('url');
    const text = card.optionalObject('body')?.text('text') ?? '';
    return {
      ...header(card.object('header')),
      text,
      buttons: phoneButtons(message.buttons.slice(first, next), [target], first),
    };
  });
}

function form(parameters: BodyCheck): PhoneForm {
  const token = parameters.optionalText('flow_token');
  const data = parameters.optionalObject('flow_action_payload')?.optionalJson('data') ?? {};
  return { index: 0, ...(token && { token }), fields: formFields(data) };
}
