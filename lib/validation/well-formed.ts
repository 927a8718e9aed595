/** Checks that every system can represent a text: no lone surrogate and no NUL. */
export function isWellFormed(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}

/** A pattern for texts that are not well-formed. It works with and without the `u` flag. */
export const NOT_WELL_FORMED =
  '\\u0000|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?:[^\\ud800-\\udbff]|^)[\\udc00-\\udfff]';
