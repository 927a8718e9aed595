/** Size of one entry. A larger value counts as several entries. */
const BYTES_OF_ONE = 4_096;

/** Approximate size of an object, a list or a number. */
const BYTES_OF_NODE = 32;

/**
 * Limits an LRU cache to a number of entries, and allocates memory as it fills.
 *
 * lru-cache's `max` allocates at once: some 15 ms and 2.5 MB per 100,000 entries at each start of an application.
 */
export function boundedTo(entries: number) {
  return { maxSize: entries, sizeCalculation: () => 1 };
}

/** Limits an LRU cache to a number of entries of 4 kB. Larger values count as several entries. */
export function boundedBySize<Value>(entries: number) {
  const maxBytes = entries * BYTES_OF_ONE;
  return {
    maxSize: entries,
    // A value larger than the whole cache is still stored, alone.
    sizeCalculation: (value: Value) =>
      Math.min(entries, Math.max(1, Math.ceil(roughBytes(value, maxBytes) / BYTES_OF_ONE))),
  };
}

/** Estimates the size of a value in bytes, and stops at `maxBytes`. */
function roughBytes(value: unknown, maxBytes: number): number {
  let bytes = 0;
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && bytes < maxBytes) {
    const next = waiting.pop();
    bytes += typeof next === 'string' ? next.length : BYTES_OF_NODE;
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    for (const key in next) {
      bytes += key.length;
      waiting.push(Reflect.get(next, key));
    }
  }
  return bytes;
}
