import type { BodyCheck } from '../checks/body-check.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import { readInteractive } from './whatsapp-cloud-interactive.js';
import { readTemplate } from './whatsapp-cloud-template.js';

/** The parsed body. Its issues are in the check. */
export interface CloudReading {
  /** The recipient in the request: `to`, or else `recipient`. */
  readonly to: string;
  /** The user ID in `recipient`, even if `to` is set. */
  readonly recipient?: string;
  readonly text: string;
  readonly buttons: readonly SimulatedButton[];
}

type Content = Pick<CloudReading, 'text' | 'buttons'>;

const DIGITS = { pattern: /^\+?[\d ()-]{5,24}$/, expected: 'a phone number' };
const USER_ID = { pattern: /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/, expected: 'a user ID such as BR.1A2B3C4D5E6F' };
const LINK = { pattern: /^https?:\/\/\S+$/i, expected: 'a URL that begins with http:// or https://' };

const TYPES = [
  'text',
  'interactive',
  'template',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'reaction',
  'contacts',
] as const;

/** Parses the body of a message. */
export function readCloudMessage(body: BodyCheck): CloudReading {
  body.word('messaging_product', ['whatsapp']);
  const isGroup = body.has('recipient_type') && body.word('recipient_type', ['individual', 'group']) === 'group';
  const recipient = body.optionalText('recipient', USER_ID);
  const to = recipient && !body.has('to') ? recipient : body.text('to', isGroup ? {} : DIGITS);
  body.optionalText('biz_opaque_callback_data', { maximum: 512 });
  body.optionalObject('context')?.text('message_id');
  const type = body.has('type') ? body.word('type', TYPES) : 'text';
  return { to, ...(recipient && { recipient }), ...(type ? content(body, type) : { text: '', buttons: [] }) };
}

function content(body: BodyCheck, type: (typeof TYPES)[number]): Content {
  switch (type) {
    case 'interactive':
      return readInteractive(body.object('interactive'));
    case 'template':
      return readTemplate(body.object('template'));
    case 'text':
      return textContent(body.object('text'));
    case 'location':
      return place(body.object('location'));
    case 'reaction':
      return reaction(body.object('reaction'));
    case 'contacts':
      return { text: `${body.objects('contacts').length} contacts`, buttons: [] };
    default:
      return medium(body.object(type));
  }
}

function textContent(text: BodyCheck): Content {
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
