import type { PhoneBookState, PhoneEntry } from '../../phone/client/phone-book.js';
import type { ShownTimeline } from '../client/live-state.js';

/** Returns the phone that received a message, or undefined if it has not arrived. */
export function recipientPhone(phones: PhoneBookState['phones'], timeline: ShownTimeline): PhoneEntry | undefined {
  const sentIds = timeline.entries.flatMap((entry) => (entry.kind === 'accepted' ? [entry.sent.messageId] : []));
  const digits = typeof timeline.message.to === 'string' ? timeline.message.to.replace(/\D/g, '') : '';
  return (
    phones.find(({ messages }) => messages.some(({ id }) => sentIds.includes(id))) ??
    phones.find(({ owner }) => digits !== '' && owner.address === digits)
  );
}
