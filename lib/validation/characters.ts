/** Counts Unicode code points, as WhatsApp does. An emoji counts as one, while `length` is two. */
export function characters(text: string): number {
  return [...text].length;
}
