/** One key of several parts, which no other parts can make: names may hold any character. */
export function compoundKey(...parts: string[]): string {
  return JSON.stringify(parts);
}
