import type { PhoneAnswer, PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';

/** A bubble: a message, or what its recipient answered. */
export type TimelineEntry =
  | { readonly kind: 'message'; readonly key: string; readonly at: string; readonly message: PhoneMessage }
  | {
      readonly kind: 'answer';
      readonly key: string;
      readonly at: string;
      readonly answer: PhoneAnswer;
      readonly message: PhoneMessage;
    };

/** Messages and answers in the order in which they came. */
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
