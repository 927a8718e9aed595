import { BodyCheck } from '../checks/body-check.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { phoneButtons, phoneRows } from '../phones/phone-buttons.js';
import type { PhoneContent, PhoneHeader } from '../phones/phone-message.interface.js';

const MEDIA_KINDS = ['image', 'video', 'document'] as const;

/** Returns what a phone shows of a Cloud API message. */
export function cloudContent(message: AcceptedMessage): PhoneContent {
  const { text } = message;
  const content = new BodyCheck(message.body).optionalObject('interactive');
  if (!content) return { ...medium(message), text, buttons: phoneButtons(message.buttons) };
  const footer = content.optionalObject('footer')?.text('text');
  const around = { ...header(content.optionalObject('header')), text, ...(footer && { footer }) };
  const action = content.object('action');
  if (content.text('type') === 'list') return { ...around, buttons: [], list: list(message, action) };
  const target = action.optionalObject('parameters')?.optionalText('url');
  return { ...around, buttons: phoneButtons(message.buttons, [target]) };
}

function medium({ body }: AcceptedMessage): { header?: PhoneHeader } {
  const kind = MEDIA_KINDS.find((media) => media === body.type);
  if (!kind) return {};
  const url = new BodyCheck(body).object(kind).optionalText('link');
  return { header: { kind, ...(url && { url }) } };
}

function header(head: BodyCheck | undefined): { header?: PhoneHeader } {
  if (!head) return {};
  const kind = MEDIA_KINDS.find((media) => media === head.text('type'));
  if (!kind) return { header: { kind: 'text', text: head.text('text') } };
  const url = head.object(kind).optionalText('link');
  return { header: { kind, ...(url && { url }) } };
}

function list(message: AcceptedMessage, action: BodyCheck): NonNullable<PhoneContent['list']> {
  let next = 0;
  const sections = action.objects('sections').map((section) => {
    const title = section.optionalText('title');
    const descriptions = section.objects('rows').map((row) => row.optionalText('description'));
    const first = next;
    next += descriptions.length;
    const rows = phoneRows(message.buttons.slice(first, next), descriptions, first);
    return { ...(title && { title }), rows };
  });
  return { button: action.text('button'), sections };
}
