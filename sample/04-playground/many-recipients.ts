/** Made-up telephone numbers, each with a phone of its own in the simulator. */
export function manyRecipients(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `+55119765${String(index + 1).padStart(5, '0')}`);
}
