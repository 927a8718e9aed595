import type { BodyCheck } from '../checks/body-check.js';
import { LINK } from '../checks/text-rules.js';
import type { AcceptedMessage } from '../messages/accepted-message.interface.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import { ctaUrl, list, replies, voiceCall } from './whatsapp-cloud-actions.js';
import { carousel } from './whatsapp-cloud-carousel.js';
import { callPermissionRequest, contactRequest, flow, locationRequest } from './whatsapp-cloud-requests.js';

/** The types of interactive messages that are not simulated. */
const OTHER_KINDS: readonly unknown[] = [
  'address_message',
  'catalog_message',
  'order_details',
  'order_status',
  'product',
  'product_carousel',
  'product_list',
];

/** The rules of a type. */
interface InteractiveKind {
  /** Reads the buttons in `action`. */
  readonly read: (action: BodyCheck) => SimulatedButton[];
  /** Maximum length of the text. @default 1024 */
  readonly maximum?: number;
  /** @default 'any' */
  readonly header?: 'text' | 'none';
  readonly isTextOptional?: boolean;
}

const KINDS: Readonly<Record<string, InteractiveKind>> = {
  button: { read: replies },
  cta_url: { read: ctaUrl },
  list: { read: list, maximum: 4096, header: 'text' },
  voice_call: { read: voiceCall },
  flow: { read: flow },
  carousel: { read: carousel, header: 'none' },
  location_request_message: { read: locationRequest },
  request_contact_info: { read: contactRequest },
  call_permission_request: { read: callPermissionRequest, isTextOptional: true },
};

/** Returns the type of an interactive message that the simulator does not know, or undefined. */
export function otherInteractiveKind(interactive: BodyCheck): string | undefined {
  const type = interactive.value('type');
  if (OTHER_KINDS.includes(type)) return String(type);
  const cards = type === 'carousel' ? (interactive.optionalObject('action')?.optionalListed('cards') ?? []) : [];
  return cards.some((card) => card.value('type') === 'product') ? 'product carousel' : undefined;
}

/** Parses `interactive`. */
export function readInteractive(content: BodyCheck): Pick<AcceptedMessage, 'text' | 'buttons'> {
  const kind = content.entry('type', KINDS);
  content.only('type', 'header', 'body', 'footer', 'action');
  const body = kind?.isTextOptional ? content.optionalObject('body') : content.object('body');
  body?.only('text');
  const text = body?.text('text', { maximum: kind?.maximum ?? 1024 }) ?? '';
  const footer = content.optionalObject('footer');
  footer?.only('text');
  footer?.text('text', { maximum: 60 });
  const head = content.optionalObject('header');
  if (kind?.header === 'none') {
    if (head) content.addIssue('header', 'not-allowed', 'must be left out');
    if (footer) content.addIssue('footer', 'not-allowed', 'must be left out');
  } else if (head) {
    header(head, kind?.header === 'text');
  }
  return { text, buttons: kind?.read(content.object('action')) ?? [] };
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
