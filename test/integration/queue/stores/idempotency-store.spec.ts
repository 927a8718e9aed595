import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IdempotencyStore } from '../../../../lib/stores/idempotency.store.js';
import { until } from '../../../support/time.js';
import { type Backend, backends } from './backends.js';
import { sentMessage } from './values.js';

const HOUR_MS = 3_600_000;

describe.each(await backends())('IdempotencyStore on $name', ({ open }) => {
  let backend: Backend;
  let one: IdempotencyStore;
  let other: IdempotencyStore;

  beforeAll(async () => {
    backend = await open();
    [one, other] = backend.idempotency();
  });
  afterAll(() => backend.close());

  test('reserves a free key for the first call and reports "pending" to others', async () => {
    expect(await one.reserve('taken', 'f', HOUR_MS)).toEqual({ state: 'reserved' });
    expect(await other.reserve('taken', 'f', HOUR_MS)).toEqual({ state: 'pending' });
    expect(await one.reserve('taken', 'f', HOUR_MS)).toEqual({ state: 'pending' });
  });

  test('returns the sent message of a completed key, dates included', async () => {
    await one.reserve('sent', 'f', HOUR_MS);
    await one.complete('sent', sentMessage());
    expect(await other.reserve('sent', 'f', HOUR_MS)).toStrictEqual({ state: 'done', value: sentMessage() });
  });

  test('returns undefined for a key that was completed with undefined', async () => {
    await one.reserve('nothing', 'f', HOUR_MS);
    await one.complete('nothing', undefined);
    expect(await other.reserve('nothing', 'f', HOUR_MS)).toEqual({ state: 'done', value: undefined });
  });

  test('reports "unknown" until the key is completed', async () => {
    await one.reserve('lost', 'f', HOUR_MS);
    await one.unknown('lost');
    expect(await other.reserve('lost', 'f', HOUR_MS)).toEqual({ state: 'unknown' });
    await other.complete('lost', 'found');
    expect(await one.reserve('lost', 'f', HOUR_MS)).toEqual({ state: 'done', value: 'found' });
  });

  test('frees a released key for any content', async () => {
    await one.reserve('released', 'f', HOUR_MS);
    await one.release('released');
    expect(await other.reserve('released', 'g', HOUR_MS)).toEqual({ state: 'reserved' });
  });

  test('completes a key that another process reserved', async () => {
    await one.reserve('handed over', 'f', HOUR_MS);
    await other.complete('handed over', 1);
    expect(await one.reserve('handed over', 'f', HOUR_MS)).toEqual({ state: 'done', value: 1 });
  });

  test('reports a conflict for other content in every state of a key', async () => {
    await one.reserve('conflict', 'f', HOUR_MS);
    expect(await other.reserve('conflict', 'g', HOUR_MS)).toEqual({ state: 'conflict' });
    await one.complete('conflict', 'value');
    expect(await other.reserve('conflict', 'g', HOUR_MS)).toEqual({ state: 'conflict' });
    expect(await other.reserve('conflict', 'f', HOUR_MS)).toEqual({ state: 'done', value: 'value' });
  });

  test('settles no key that was not reserved', async () => {
    await one.complete('never', 'value');
    await one.unknown('never');
    await one.release('never');
    expect(await other.reserve('never', 'f', HOUR_MS)).toEqual({ state: 'reserved' });
  });

  test('keeps similar keys apart', async () => {
    for (const key of ['k', 'K', 'k ', '', 'k\u0000', '\ud800', '\ud801', 'é', 'e\u0301', 'k'.repeat(5_000)]) {
      expect(await one.reserve(key, 'f', HOUR_MS)).toEqual({ state: 'reserved' });
    }
  });

  test('frees a key after its TTL, settled or not', async () => {
    for (const settle of [() => {}, () => one.complete('short', 'value')]) {
      await one.reserve('short', 'f', 30);
      await settle();
      await until(async () => (await other.reserve('short', 'g', 1)).state === 'reserved');
      await until(async () => (await other.reserve('short', 'f', 1)).state === 'reserved');
      await other.release('short');
    }
  });

  test('reserves a key once for fifty concurrent calls', async () => {
    const asked = Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).reserve('race', 'f', HOUR_MS));
    const states = (await Promise.all(asked)).map(({ state }) => state);
    expect(states.filter((state) => state === 'reserved')).toHaveLength(1);
    expect(states.filter((state) => state === 'pending')).toHaveLength(49);
  });

  test('reserves an expired key once for fifty concurrent calls', async () => {
    await one.reserve('race again', 'f', 1);
    const reservedAt = performance.now();
    await until(() => performance.now() - reservedAt > 20);
    const asked = Array.from({ length: 50 }, (_, index) =>
      (index % 2 ? one : other).reserve('race again', 'g', HOUR_MS),
    );
    const states = (await Promise.all(asked)).map(({ state }) => state);
    expect(states.filter((state) => state === 'reserved')).toHaveLength(1);
    expect(states.filter((state) => state === 'pending')).toHaveLength(49);
  });
});
