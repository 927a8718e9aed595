import { describe, expect, it } from '@jest/globals';
import { LRUCache } from 'lru-cache';
import { MemoryPacingStore, MemoryRepeatStore } from '../../../lib/index.js';
import { boundedTo } from '../../../lib/message/bounded-to.js';

describe('boundedTo', () => {
  it('allocates memory as the stores fill, not when they are created', () => {
    const before = process.memoryUsage().arrayBuffers;
    const stores = Array.from({ length: 50 }, () => [new MemoryRepeatStore(), new MemoryPacingStore()]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
    expect(stores).toHaveLength(50);
  });

  it('evicts only the least recently used key', () => {
    const cache = new LRUCache<string, number>(boundedTo(3));
    for (const [index, key] of ['a', 'b', 'c'].entries()) cache.set(key, index);
    cache.get('a');
    cache.set('c', 7);
    cache.set('d', 3);
    expect([...cache.keys()].sort()).toEqual(['a', 'c', 'd']);
  });

  it('expires a key after its TTL when other keys have none', async () => {
    const cache = new LRUCache<string, number>({ ...boundedTo(3), perf: { now: () => now } });
    let now = 1_000;
    cache.set('for good', 1);
    cache.set('for a while', 2, { ttl: 500 });
    now += 501;
    expect([cache.get('for good'), cache.get('for a while')]).toEqual([1, undefined]);
  });
});
