import type { PhoneContent, PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';
import type { Preview, Setting } from '../client/playground-client.js';
import type { Draft } from '../draft/draft.js';
import { draftContent } from './draft-content.js';

/** Returns the messages that the draft becomes: as it is, split in two, or as a numbered text. */
export function draftMessages(
  draft: Draft,
  preview: Preview | undefined,
  accounts: Setting['accounts'],
): PhoneMessage[] {
  const provider = accounts.find(({ name }) => name === draft.account)?.provider ?? 'z-api';
  return contentsOf(draft, preview).map((content, place) => ({
    id: `draft ${place}`,
    to: { address: draft.to, name: '' },
    provider,
    account: draft.account,
    at: new Date().toISOString(),
    status: 'accepted',
    receipts: [],
    content,
    answers: [],
  }));
}

function contentsOf(draft: Draft, preview: Preview | undefined): PhoneContent[] {
  const whole = draftContent(draft);
  if (preview?.as === 'text') return [{ text: textWithin(preview.requests[0]?.body) ?? draft.text, buttons: [] }];
  if (preview?.as !== 'split') return [whole];
  const { footer: _, ...first } = whole;
  const { header: __, ...last } = whole;
  return [
    { ...first, buttons: whole.buttons.filter(({ type }) => type !== 'reply') },
    { ...last, buttons: whole.buttons.filter(({ type }) => type === 'reply') },
  ];
}

/** Returns the text of a request that sends text, for any provider. */
function textWithin(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  if ('message' in body && typeof body.message === 'string') return body.message;
  if (!('text' in body) || typeof body.text !== 'object' || body.text === null) return undefined;
  return 'body' in body.text && typeof body.text.body === 'string' ? body.text.body : undefined;
}
