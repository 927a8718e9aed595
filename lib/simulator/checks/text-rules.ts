/** The rule of a link. */
export const LINK = { pattern: /^https?:\/\/\S+$/i, expected: 'a URL that begins with http:// or https://' };

/** Checks if a value, other than an empty one, is given twice. */
export function repeats(values: readonly string[]): boolean {
  const given = values.filter((value) => value !== '');
  return new Set(given).size < given.length;
}
