import { BodyCheck } from '../checks/body-check.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { phoneButtons, phoneSections } from '../phones/phone-buttons.js';
import type { PhoneContent, PhoneHeader, PhoneList } from '../phones/phone-message.interface.js';

const MEDIA_KINDS = ['image', 'video', 'document'] as const;

/** Returns what a phone shows of a Cloud API message. */
export function cloudContent(message: AcceptedMessage): PhoneContent {
  const { text } = message;
  const body = new BodyCheck(message.body);
  const content = body.optionalObject('interactive');
  if (!content) return { ...medium(body), text, buttons: phoneButtons(message.buttons) };
  const footer = content.optionalObject('footer')?.text('text');
  const around = { ...header(content.optionalObject('header')), text, ...(footer && { footer }) };
  const action = content.object('action');
  if (content.text('type') === 'list') return { ...around, buttons: [], list: list(message, action) };
  const target = action.optionalObject('parameters')?.optionalText('url');
  return { ...around, buttons: phoneButtons(message.buttons, [target]) };
}

function header(head: BodyCheck | undefined): { header?: PhoneHeader } {
  if (!head) return {};
  return medium(head) ?? { header: { kind: 'text', text: head.text('text') } };
}

/** Returns the medium of a header or message. */
function medium(given: BodyCheck): { header: PhoneHeader } | undefined {
  const kind = MEDIA_KINDS.find((media) => media === given.value('type'));
  if (!kind) return undefined;
  const url = given.object(kind).optionalText('link');
  return { header: { kind, ...(url && { url }) } };
}

function list(message: AcceptedMessage, action: BodyCheck): PhoneList {
  const sections = action.objects('sections').map((section) => ({
    title: section.optionalText('title'),
    descriptions: section.objects('rows').map((row) => row.optionalText('description')),
  }));
  return { button: action.text('button'), sections: phoneSections(message.buttons, sections) };
}
