/** Returns fictional phone numbers, which have one phone each in the simulator. */
export function manyRecipients(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `+55119765${String(index + 1).padStart(5, '0')}`);
}
