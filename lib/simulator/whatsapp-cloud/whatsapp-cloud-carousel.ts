import type { BodyCheck } from '../checks/body-check.js';
import { LINK, repeats } from '../checks/text-rules.js';
import type { SimulatedButton } from '../messages/simulated-button.interface.js';
import { checkReplies, ctaUrl, replyButton } from './whatsapp-cloud-actions.js';

/** What must be the same for all cards. */
interface CardForm {
  readonly header: string | undefined;
  /** The types of its buttons: `reply, reply`. */
  readonly buttons: string;
}

/**
 * Reads the buttons of a carousel of media, card by card.
 *
 * @see {@link https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-media-carousel-messages}
 */
export function carousel(action: BodyCheck): SimulatedButton[] {
  action.only('cards');
  const cards = action.objects('cards', 10);
  if (cards.length === 1) action.addIssue('cards', 'not-allowed', 'must have at least 2 entries');
  const indexes = cards.map((card) => String(card.optionalNumber('card_index', 0, 9) ?? ''));
  if (indexes.includes('')) action.addIssue('cards', 'missing', 'must have a card_index each');
  if (repeats(indexes)) action.addIssue('cards', 'not-allowed', 'must have a unique card_index each');
  const read = cards.map(readCard);
  const forms = new Set(read.map(({ form }) => `${form.header} ${form.buttons}`));
  if (forms.size > 1) action.addIssue('cards', 'not-allowed', 'must have the same header type and the same buttons');
  return read.flatMap(({ buttons }) => buttons);
}

function readCard(card: BodyCheck): { form: CardForm; buttons: SimulatedButton[] } {
  card.only('card_index', 'type', 'header', 'body', 'action');
  card.optionalText('type');
  const head = card.object('header');
  const header = head.word('type', ['image', 'video']);
  if (header) readMedia(head.object(header));
  const body = card.optionalObject('body');
  const text = body?.text('text', { maximum: 160 }) ?? '';
  if (text.split('\n').length > 3) body?.addIssue('text', 'not-allowed', 'must have at most 2 line breaks');
  const buttons = readButtons(card.object('action'));
  return { form: { header, buttons: buttons.map(({ type }) => type).join(', ') }, buttons };
}

function readMedia(media: BodyCheck): void {
  if (media.has('id')) media.text('id');
  else media.text('link', LINK);
}

function readButtons(action: BodyCheck): SimulatedButton[] {
  if (!action.has('buttons')) return ctaUrl(action);
  action.only('buttons');
  const buttons = action.objects('buttons').map((button) => {
    button.only('type', 'quick_reply');
    return replyButton(button, 'quick_reply');
  });
  checkReplies(action, buttons);
  return buttons;
}
