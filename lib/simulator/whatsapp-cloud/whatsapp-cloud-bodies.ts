import type { BodyCheck } from '../checks/body-check.js';
import { LINK } from '../checks/text-rules.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import { readInteractive } from './whatsapp-cloud-interactive.js';
import { readTemplate } from './whatsapp-cloud-template.js';

/** The parsed body. Its issues are in the check. */
interface CloudReading extends Content {
  /** The recipient in the request: `to`, or else `recipient`. */
  readonly to: string;
  /** The user ID in `recipient`, even if `to` is set. */
  readonly recipient?: string;
}

type Content = Pick<AcceptedMessage, 'text' | 'buttons'>;

const DIGITS = { pattern: /^\+?[\d ()-]{5,24}$/, expected: 'a phone number' };
const USER_ID = { pattern: /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/, expected: 'a user ID such as BR.1A2B3C4D5E6F' };
const CONTENTS: Readonly<Record<string, (body: BodyCheck) => Content>> = {
  text: textContent,
  interactive: (body) => readInteractive(body.object('interactive')),
  template: (body) => readTemplate(body.object('template')),
  image: (body) => medium(body.object('image')),
  video: (body) => medium(body.object('video')),
  audio: (body) => medium(body.object('audio')),
  document: (body) => medium(body.object('document')),
  sticker: (body) => medium(body.object('sticker')),
  location: (body) => place(body.object('location')),
  reaction: (body) => reaction(body.object('reaction')),
  contacts: (body) => ({ text: `${body.objects('contacts').length} contacts`, buttons: [] }),
};

/** Parses the body of a message. */
export function readCloudMessage(body: BodyCheck): CloudReading {
  body.word('messaging_product', ['whatsapp']);
  const isGroup = body.has('recipient_type') && body.word('recipient_type', ['individual', 'group']) === 'group';
  const recipient = body.optionalText('recipient', USER_ID);
  const to = recipient && !body.has('to') ? recipient : body.text('to', isGroup ? {} : DIGITS);
  body.optionalText('biz_opaque_callback_data', { maximum: 512 });
  body.optionalObject('context')?.text('message_id');
  const read = body.has('type') ? body.entry('type', CONTENTS) : textContent;
  return { to, ...(recipient && { recipient }), ...(read?.(body) ?? { text: '', buttons: [] }) };
}

function textContent(body: BodyCheck): Content {
  const text = body.object('text');
  text.only('body', 'preview_url');
  return { text: text.text('body', { maximum: 4096 }), buttons: [] };
}

function place(location: BodyCheck): Content {
  return { text: location.optionalText('name') ?? location.optionalText('address') ?? '', buttons: [] };
}

function reaction(reacted: BodyCheck): Content {
  reacted.text('message_id');
  return { text: reacted.optionalText('emoji') ?? '', buttons: [] };
}

function medium(given: BodyCheck): Content {
  if (given.has('id')) given.text('id');
  else given.text('link', LINK);
  return { text: given.optionalText('caption', { maximum: 1024 }) ?? '', buttons: [] };
}
