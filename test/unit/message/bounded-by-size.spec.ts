import { describe, expect, it } from '@jest/globals';
import { LRUCache } from 'lru-cache';
import { MemoryIdempotencyStore } from '../../../lib/index.js';
import { boundedBySize } from '../../../lib/message/bounded-to.js';

const KB = 1_024;

describe('boundedBySize', () => {
  it('keeps small entries up to the maximum count', () => {
    const cache = new LRUCache<number, object>(boundedBySize(1_000));
    for (let key = 0; key < 1_200; key += 1) cache.set(key, { text: 'x'.repeat(500) });
    expect(cache.size).toBe(1_000);
  });

  it('keeps fewer large entries, including the last', () => {
    const cache = new LRUCache<number, object>(boundedBySize(1_000));
    for (let key = 0; key < 1_000; key += 1) cache.set(key, { header: { image: 'x'.repeat(400 * KB) } });
    expect(cache.size).toBeLessThanOrEqual(10);
    expect(cache.has(999)).toBe(true);
  });

  it('keeps the latest entry when it exceeds the whole limit', () => {
    const cache = new LRUCache<number, object>(boundedBySize(2));
    cache.set(1, { text: 'x'.repeat(50 * KB) });
    cache.set(2, { text: 'x'.repeat(50 * KB) });
    expect([...cache.keys()]).toEqual([2]);
  });

  it('accepts an entry that refers to itself', () => {
    const circle: Record<string, unknown> = { text: 'x' };
    circle.circle = circle;
    const cache = new LRUCache<number, object>(boundedBySize(2));
    cache.set(1, circle);
    expect(cache.has(1)).toBe(true);
  });

  it('limits the memory that large idempotency results take', () => {
    const store = new MemoryIdempotencyStore({ max: 100 });
    for (let key = 0; key < 100; key += 1) {
      store.reserve(String(key), 'f', 60_000);
      store.complete(String(key), { raw: `${key}`.repeat(100 * KB) });
    }
    const kept = Array.from({ length: 100 }, (_, key) => store.reserve(String(key), 'f', 60_000).state);
    expect(kept.filter((state) => state === 'done').length).toBeLessThan(10);
  });
});
