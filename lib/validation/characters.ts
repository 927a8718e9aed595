/** The length in Unicode code points: what WhatsApp counts. An emoji is one where `length` says two. */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
