import type { PhoneMessage } from '../../../lib/simulator/phones/phone-message.interface.js';

/** How long the simulator shows that an account is typing. */
const TYPING_MS = 25_000;

/** Returns until when the app is typing, in milliseconds since 1970. A message ends it. Returns 0 if it is not typing. */
export function typingEnd(messages: readonly PhoneMessage[]): number {
  const end = Math.max(0, ...messages.map(({ typingUntil }) => (typingUntil ? Date.parse(typingUntil) : 0)));
  const isOver = messages.some(({ at }) => Date.parse(at) > end - TYPING_MS);
  return isOver ? 0 : end;
}
