/** The name of the rule of `OpenFields`. */
export const OPEN_FIELDS = 'openFields';

/** Checks if a field's name has one of the beginnings and continues after it. */
export function isOpenField(name: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => name.length > prefix.length && name.startsWith(prefix));
}
