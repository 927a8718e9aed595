interface BoundedTo {
  maxSize: number;
  sizeCalculation: () => number;
}

interface BoundedBySize<Value> {
  maxSize: number;
  sizeCalculation: (value: Value) => number;
}

/** An entry that is larger takes the place of several. */
const BYTES_OF_ONE = 4_096;

/** What an object, a list or a number takes, roughly. */
const BYTES_OF_NODE = 32;

/**
 * Bounds an LRU cache to so many entries, and takes room as it fills: `max` would take all of it at once, some 15 ms
 * and 2.5 MB for every 100,000, at each start of an application.
 */
export function boundedTo(entries: number): BoundedTo {
  return { maxSize: entries, sizeCalculation: () => 1 };
}

/** The same for entries of any size: so many of 4 kB, and fewer of larger ones. */
export function boundedBySize<Value>(entries: number): BoundedBySize<Value> {
  const most = entries * BYTES_OF_ONE;
  return {
    maxSize: entries,
    // What is larger than all is kept all the same, alone.
    sizeCalculation: (value) => Math.min(entries, Math.max(1, Math.ceil(roughBytes(value, most) / BYTES_OF_ONE))),
  };
}

/** How much a value takes, roughly; it stops at `most`. */
function roughBytes(value: unknown, most: number): number {
  let bytes = 0;
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && bytes < most) {
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
