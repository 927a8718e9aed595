/** Counts Unicode code points, as WhatsApp does. An emoji counts as one, while `length` is two. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
