import type { BodyCheck } from '../checks/body-check.js';
import { LINK, repeats } from '../checks/text-rules.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';

/** The types of interactive messages that are not simulated. */
export const OTHER_INTERACTIVE_KINDS: readonly string[] = [
  'address_message',
  'call_permission_request',
  'carousel',
  'catalog_message',
  'order_details',
  'order_status',
  'product',
  'product_carousel',
  'product_list',
  'request_contact_info',
];

/** The buttons of the simulated types, from their `action`. */
const ACTIONS: Readonly<Record<string, (action: BodyCheck) => SimulatedButton[]>> = {
  button: replies,
  cta_url: ctaUrl,
  list,
  voice_call: voiceCall,
  flow,
  location_request_message: locationRequest,
};

/** Parses `interactive`. */
export function readInteractive(content: BodyCheck): Pick<AcceptedMessage, 'text' | 'buttons'> {
  const read = content.entry('type', ACTIONS);
  content.only('type', 'header', 'body', 'footer', 'action');
  const isList = read === list;
  const body = content.object('body');
  body.only('text');
  const text = body.text('text', { maximum: isList ? 4096 : 1024 });
  const footer = content.optionalObject('footer');
  footer?.only('text');
  footer?.text('text', { maximum: 60 });
  const head = content.optionalObject('header');
  if (head) header(head, isList);
  const action = content.object('action');
  return { text, buttons: read?.(action) ?? [] };
}

function header(head: BodyCheck, textOnly: boolean): void {
  const type = head.word('type', ['text', 'image', 'video', 'document']);
  if (!type) return;
  head.only('type', type);
  if (type === 'text') {
    head.text('text', { maximum: 60 });
    return;
  }
  if (textOnly) head.addIssue('type', 'not-allowed', 'must be text in a list message');
  const media = head.object(type);
  if (media.has('id')) media.text('id');
  else media.text('link', LINK);
}

function replies(action: BodyCheck): SimulatedButton[] {
  action.only('buttons');
  const read = action.objects('buttons', 3).map<SimulatedButton>((button) => {
    button.only('type', 'reply');
    button.word('type', ['reply']);
    const reply = button.object('reply');
    reply.only('id', 'title');
    const id = reply.text('id', { maximum: 256 });
    if (id !== id.trim()) reply.addIssue('id', 'not-allowed', 'must not begin or end with a space');
    return { id, title: reply.text('title', { maximum: 20 }), type: 'reply' };
  });
  if (repeats(read.map(({ id }) => id))) action.addIssue('buttons', 'not-allowed', 'must have unique ids');
  if (repeats(read.map(({ title }) => title))) action.addIssue('buttons', 'not-allowed', 'must have unique titles');
  return read;
}

function ctaUrl(action: BodyCheck): SimulatedButton[] {
  action.only('name', 'parameters');
  action.word('name', ['cta_url']);
  const parameters = action.object('parameters');
  parameters.only('display_text', 'url');
  parameters.text('url', LINK);
  return [{ id: '', title: parameters.text('display_text', { maximum: 20 }), type: 'url' }];
}

function list(action: BodyCheck): SimulatedButton[] {
  action.only('button', 'sections');
  action.text('button', { maximum: 20 });
  const sections = action.objects('sections', 10);
  const read = sections.flatMap((section) => {
    section.only('title', 'rows');
    // WhatsApp requires titles only if there are several sections.
    if (sections.length > 1) section.text('title', { maximum: 24 });
    else section.optionalText('title', { maximum: 24 });
    return section.objects('rows').map<SimulatedButton>((row) => {
      row.only('id', 'title', 'description');
      row.optionalText('description', { maximum: 72 });
      return { id: row.text('id', { maximum: 200 }), title: row.text('title', { maximum: 24 }), type: 'option' };
    });
  });
  if (read.length > 10) action.addIssue('sections', 'not-allowed', 'must have at most 10 rows in total');
  if (repeats(read.map(({ id }) => id))) action.addIssue('sections', 'not-allowed', 'must have rows with unique ids');
  return read;
}

function voiceCall(action: BodyCheck): SimulatedButton[] {
  action.only('name', 'parameters');
  action.word('name', ['voice_call']);
  const parameters = action.optionalObject('parameters');
  parameters?.only('display_text', 'ttl_minutes', 'payload');
  parameters?.optionalNumber('ttl_minutes', 1, 43_200);
  parameters?.optionalText('payload', { maximum: 512 });
  return [{ id: '', title: parameters?.optionalText('display_text', { maximum: 20 }) || 'Call now', type: 'call' }];
}

function flow(action: BodyCheck): SimulatedButton[] {
  action.word('name', ['flow']);
  const parameters = action.object('parameters');
  parameters.text('flow_message_version');
  if (!parameters.has('flow_name')) parameters.text('flow_id');
  return [{ id: '', title: parameters.text('flow_cta', { maximum: 30 }), type: 'url' }];
}

function locationRequest(action: BodyCheck): SimulatedButton[] {
  action.word('name', ['send_location']);
  return [];
}
