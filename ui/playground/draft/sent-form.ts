import type { Preview } from '../client/playground-client.js';
import type { DraftKind } from './draft.js';

/** The form in which an account sends a message. A `plain` text is one that was written as such. */
export type SentForm = NonNullable<Preview['as']> | 'plain';

export function sentForm({ as = 'buttons' }: Preview, kind: DraftKind): SentForm {
  return kind === 'text' ? 'plain' : as;
}
