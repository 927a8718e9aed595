/** One key of several parts, which no other parts can make: names may hold any character, so lengths keep them apart. */
export function compositeKey(...parts: string[]): string {
  let key = '';
  for (const part of parts) key += `${part.length}:${part}`;
  return key;
}
