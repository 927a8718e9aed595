/** Whether a text is Unicode that every receiver can read: no half of a surrogate pair, and no NUL. */
export function isWellFormed(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** What such a text is not, as a pattern that holds with and without the flag `u`. */
export const NOT_WELL_FORMED =
  '\\u0000|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?:[^\\ud800-\\udbff]|^)[\\udc00-\\udfff]';
