const CATEGORIES = [
  'window-closed',
  'opted-out',
  'capped',
  'recipient',
  'template',
  'media',
  'request',
  'rate-limited',
  'payment',
  'account-restricted',
  'number-setup',
  'authentication',
  'permission',
  'buttons-refused',
  'unavailable',
  'unknown',
] as const;

/**
 * What a failure is about, whichever provider and whichever way tells of it: an answer or a later status.
 *
 * - `window-closed`: the recipient's last message is over 24 hours old; a template is needed.
 * - `opted-out`: the recipient wants no such messages.
 * - `capped`: WhatsApp lets only so many messages of this kind reach the recipient; it may pass in a day or so.
 * - `recipient`: this recipient cannot be reached.
 * - `template`, `media`, `request`: a fault of what was sent.
 * - `buttons-refused`: of what was sent it is the buttons; a text may pass.
 * - `rate-limited`: too much at once, or too much for the number's standing.
 * - `payment`, `account-restricted`, `number-setup`, `authentication`, `permission`: the account's owner has to act.
 * - `unavailable`: the provider is in trouble.
 * - `unknown`: nothing of this is known.
 */
export type FailureCategory = (typeof CATEGORIES)[number];

export function isFailureCategory(value: unknown): value is FailureCategory {
  return CATEGORIES.some((category) => category === value);
}
