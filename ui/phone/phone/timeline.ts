import type { PhoneAnswer, PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';

/** A bubble: a message, or a reply of its recipient. */
export type TimelineEntry =
  | { readonly kind: 'message'; readonly key: string; readonly at: string; readonly message: PhoneMessage }
  | {
      readonly kind: 'answer';
      readonly key: string;
      readonly at: string;
      readonly answer: PhoneAnswer;
      readonly message: PhoneMessage;
    };

/** Returns messages and replies in the order of their arrival. */
export function timelineOf(messages: readonly PhoneMessage[]): TimelineEntry[] {
  const entries = messages.flatMap<TimelineEntry>((message) => [
    { kind: 'message', key: message.id, at: message.at, message },
    ...message.answers.map<TimelineEntry>((answer, place) => ({
      kind: 'answer',
      key: `${message.id} ${place}`,
      at: answer.at,
      answer,
      message,
    })),
  ]);
  return entries.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}
