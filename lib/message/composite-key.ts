/** Joins parts into a unique key. Parts may contain any character, so their lengths separate them. */
export function compositeKey(...parts: string[]): string {
  let key = '';
  for (const part of parts) key += `${part.length}:${part}`;
  return key;
}
