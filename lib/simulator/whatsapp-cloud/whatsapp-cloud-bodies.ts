import type { BodyCheck } from '../checks/body-check.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';

/** What is read out of a body; its faults are in the check. */
export interface CloudReading {
  readonly to: string;
  readonly text: string;
  readonly buttons: readonly SimulatedButton[];
}

const digits = { pattern: /^\+?\d{5,20}$/, expected: 'a telephone number' };
const link = { pattern: /^https?:\/\/\S+$/i, expected: 'a link that begins with http:// or https://' };

/** The kinds of message that the Cloud API knows and the simulator does not play. */
export const otherCloudTypes: readonly string[] = [
  'audio',
  'contacts',
  'document',
  'image',
  'location',
  'reaction',
  'sticker',
  'template',
  'video',
];

/** Reads the body of a message of type `interactive` or `text`. */
export function readCloudMessage(body: BodyCheck): CloudReading {
  body.word('messaging_product', ['whatsapp']);
  if (body.has('recipient_type')) body.word('recipient_type', ['individual']);
  const to = body.text('to', digits);
  body.optionalText('biz_opaque_callback_data', { maximum: 512 });
  body.optionalObject('context')?.text('message_id');
  if (body.has('type') && body.word('type', ['interactive', 'text']) === 'interactive') {
    return { to, ...interactive(body.object('interactive')) };
  }
  const text = body.object('text');
  text.only('body', 'preview_url');
  return { to, text: text.text('body', { maximum: 4096 }), buttons: [] };
}

function interactive(content: BodyCheck): Omit<CloudReading, 'to'> {
  const type = content.word('type', ['button', 'cta_url', 'list', 'voice_call']);
  content.only('type', 'header', 'body', 'footer', 'action');
  const body = content.object('body');
  body.only('text');
  const text = body.text('text', { maximum: type === 'list' ? 4096 : 1024 });
  const footer = content.optionalObject('footer');
  footer?.only('text');
  footer?.text('text', { maximum: 60 });
  const head = content.optionalObject('header');
  if (head) header(head, type === 'list');
  const action = content.object('action');
  switch (type) {
    case 'button':
      return { text, buttons: replies(action) };
    case 'cta_url':
      return { text, buttons: ctaUrl(action) };
    case 'list':
      return { text, buttons: list(action) };
    case 'voice_call':
      return { text, buttons: voiceCall(action) };
    default:
      return { text, buttons: [] };
  }
}

function header(head: BodyCheck, textOnly: boolean): void {
  const type = head.word('type', ['text', 'image', 'video', 'document']);
  if (!type) return;
  head.only('type', type);
  if (type === 'text') {
    head.text('text', { maximum: 60 });
    return;
  }
  if (textOnly) head.refuse('type', 'not-allowed', 'must be text, as the message is a list');
  const media = head.object(type);
  if (media.has('id')) media.text('id');
  else media.text('link', link);
}

function replies(action: BodyCheck): SimulatedButton[] {
  action.only('buttons');
  const read = action.objects('buttons', 3).map<SimulatedButton>((button) => {
    button.only('type', 'reply');
    button.word('type', ['reply']);
    const reply = button.object('reply');
    reply.only('id', 'title');
    const id = reply.text('id', { maximum: 256 });
    if (id !== id.trim()) reply.refuse('id', 'not-allowed', 'must not begin or end with a space');
    return { id, title: reply.text('title', { maximum: 20 }), type: 'reply' };
  });
  if (repeats(read.map(({ id }) => id))) action.refuse('buttons', 'not-allowed', 'must have unique ids');
  if (repeats(read.map(({ title }) => title))) action.refuse('buttons', 'not-allowed', 'must have unique titles');
  return read;
}

function ctaUrl(action: BodyCheck): SimulatedButton[] {
  action.only('name', 'parameters');
  action.word('name', ['cta_url']);
  const parameters = action.object('parameters');
  parameters.only('display_text', 'url');
  parameters.text('url', link);
  return [{ id: '', title: parameters.text('display_text', { maximum: 20 }), type: 'url' }];
}

function list(action: BodyCheck): SimulatedButton[] {
  action.only('button', 'sections');
  action.text('button', { maximum: 20 });
  const sections = action.objects('sections', 10);
  const read = sections.flatMap((section) => {
    section.only('title', 'rows');
    // WhatsApp asks for a section's title only where there are several to tell apart.
    if (sections.length > 1) section.text('title', { maximum: 24 });
    else section.optionalText('title', { maximum: 24 });
    return section.objects('rows').map<SimulatedButton>((row) => {
      row.only('id', 'title', 'description');
      row.optionalText('description', { maximum: 72 });
      return { id: row.text('id', { maximum: 200 }), title: row.text('title', { maximum: 24 }), type: 'option' };
    });
  });
  if (read.length > 10) action.refuse('sections', 'not-allowed', 'must have at most 10 rows in all');
  if (repeats(read.map(({ id }) => id))) action.refuse('sections', 'not-allowed', 'must have rows with unique ids');
  return read;
}

function voiceCall(action: BodyCheck): SimulatedButton[] {
  action.only('name', 'parameters');
  action.word('name', ['voice_call']);
  const parameters = action.object('parameters');
  parameters.only('display_text', 'ttl_minutes', 'payload');
  parameters.optionalNumber('ttl_minutes', 1, Number.POSITIVE_INFINITY);
  parameters.optionalText('payload', { maximum: 512 });
  return [{ id: '', title: parameters.text('display_text', { maximum: 20 }), type: 'call' }];
}

function repeats(values: readonly string[]): boolean {
  const given = values.filter((value) => value !== '');
  return new Set(given).size < given.length;
}
