import type { ButtonMessage } from '../../lib/index.js';

/** A possible phone number, another for each index. */
export const phoneOf = (index: number): string => `55119${String(90_000_000 + index)}`;

/** A message that every provider supports; for Chatvolt, `to` is a conversation. */
export const messageTo = (to: ButtonMessage['to'] = phoneOf(0), text = 'Shall we meet?'): ButtonMessage => ({
  to,
  text,
  buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }],
});

/** A value as it comes from outside, of the right or the wrong type. */
export function untyped<T>(value: unknown): T {
  return value as T;
}
