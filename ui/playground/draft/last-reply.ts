import type { ShownTimeline } from '../client/live-state.js';
import type { Draft } from './draft.js';

/** The last message of a person, which a send can quote. */
export interface LastReply {
  /** The provider's ID. */
  readonly messageId: string;
  /** The text, or the title of the button. */
  readonly text: string;
}

/** Returns the last message that the draft's recipient sent to its account, or undefined if there is none. */
export function lastReply(timelines: readonly ShownTimeline[], { to, account }: Draft): LastReply | undefined {
  const entries = timelines
    .filter(({ message }) => typeof message.to === 'string' && digitsOf(message.to) === digitsOf(to))
    .flatMap((timeline) => timeline.entries);
  const replies = entries.flatMap((entry) => {
    if ((entry.kind !== 'reply' && entry.kind !== 'text') || entry.account !== account) return [];
    const text = entry.kind === 'text' ? entry.text : entry.button.title;
    return [{ messageId: entry.messageId, text, at: entry.at }];
  });
  return replies.sort((one, other) => one.at.localeCompare(other.at)).at(-1);
}

function digitsOf(to: string): string {
  return to.replace(/\D/g, '');
}
