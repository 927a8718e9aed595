import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RepeatStore } from '../../../../lib/stores/repeat.store.js';
import { until } from '../../../support/time.js';
import { type Backend, backends } from './backends.js';

describe.each(await backends())('RepeatStore on $name', ({ open }) => {
  let backend: Backend;
  let one: RepeatStore;
  let other: RepeatStore;

  beforeAll(async () => {
    backend = await open();
    [one, other] = backend.repeats();
  });
  afterAll(() => backend.close());

  test('reports true for the first call and false for repetitions', async () => {
    expect(await one.isFirst('press', 60_000)).toBe(true);
    expect(await other.isFirst('press', 60_000)).toBe(false);
    expect(await one.isFirst('press', 60_000)).toBe(false);
    expect(await other.isFirst('another press', 60_000)).toBe(true);
  });

  test('reports true once among fifty concurrent calls', async () => {
    const asked = Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).isFirst('race', 60_000));
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  });

  test('reports true once again after the TTL of a key', async () => {
    expect(await one.isFirst('brief', 10)).toBe(true);
    const seenAt = performance.now();
    await until(() => performance.now() - seenAt > 30);
    const asked = Array.from({ length: 20 }, (_, index) => (index % 2 ? one : other).isFirst('brief', 60_000));
    expect((await Promise.all(asked)).filter(Boolean)).toHaveLength(1);
  });

  test('accepts a key of any length and alphabet', async () => {
    for (const key of ['', 'k'.repeat(10_000), '\u0000', '\ud800', '👋']) {
      expect(await one.isFirst(key, 60_000)).toBe(true);
      expect(await other.isFirst(key, 60_000)).toBe(false);
    }
  });
});
