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
 * What a failure is about, for every provider, whether a response or a later status reports it.
 *
 * - `window-closed`: the recipient's last message is over 24 hours old. Send a template.
 * - `opted-out`: the recipient does not accept such messages.
 * - `capped`: WhatsApp limits messages of this kind to the recipient. Try again after a day.
 * - `recipient`: this recipient cannot be reached.
 * - `template`, `media`, `request`: something is wrong with the message.
 * - `buttons-refused`: the buttons were rejected. A text may succeed.
 * - `rate-limited`: too many messages, or too many for the quality of the number.
 * - `payment`, `account-restricted`, `number-setup`, `authentication`, `permission`: the account's owner must act.
 * - `unavailable`: the provider has a problem.
 * - `unknown`: none of these is known.
 *
 * @publicApi
 */
export type FailureCategory = (typeof CATEGORIES)[number];

export function isFailureCategory(value: unknown): value is FailureCategory {
  return CATEGORIES.some((category) => category === value);
}
