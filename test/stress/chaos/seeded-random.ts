import { createHash } from 'node:crypto';

/** Returns a generator of numbers from 0 to 1 that are always the same for a seed. */
export function seededRandom(seed: number): () => number {
  let drawn = 0;
  return () => {
    drawn += 1;
    return createHash('sha256').update(`${seed} ${drawn}`).digest().readUInt32BE(0) / 2 ** 32;
  };
}
