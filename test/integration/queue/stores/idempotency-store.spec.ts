import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { IdempotencyStore } from '../../../../lib/stores/idempotency.store.js';
import { until } from '../../../support/time.js';
import { type Backend, backends } from './backends.js';
import { sentMessage } from './values.js';

const HOUR_MS = 3_600_000;

describe.each(await backends())('an idempotency store: $name', ({ open }) => {
  let backend: Backend;
  let one: IdempotencyStore;
  let other: IdempotencyStore;

  beforeAll(async () => {
    backend = await open();
    [one, other] = backend.idempotency();
  });
  afterAll(() => backend.close());

  test('gives a free key to the first, and tells the second that it is taken', async () => {
    expect(await one.reserve('taken', 'f', HOUR_MS)).toEqual({ state: 'reserved' });
    expect(await other.reserve('taken', 'f', HOUR_MS)).toEqual({ state: 'pending' });
    expect(await one.reserve('taken', 'f', HOUR_MS)).toEqual({ state: 'pending' });
  });

  test('answers with what was sent, dates included', async () => {
    await one.reserve('sent', 'f', HOUR_MS);
    await one.complete('sent', sentMessage());
    expect(await other.reserve('sent', 'f', HOUR_MS)).toStrictEqual({ state: 'done', value: sentMessage() });
  });

  test('answers with a value that is nothing', async () => {
    await one.reserve('nothing', 'f', HOUR_MS);
    await one.complete('nothing', undefined);
    expect(await other.reserve('nothing', 'f', HOUR_MS)).toEqual({ state: 'done', value: undefined });
  });

  test('says that nobody knows, until somebody does', async () => {
    await one.reserve('lost', 'f', HOUR_MS);
    await one.unknown('lost');
    expect(await other.reserve('lost', 'f', HOUR_MS)).toEqual({ state: 'unknown' });
    await other.complete('lost', 'found');
    expect(await one.reserve('lost', 'f', HOUR_MS)).toEqual({ state: 'done', value: 'found' });
  });

  test('frees a key that was released, for any content', async () => {
    await one.reserve('released', 'f', HOUR_MS);
    await one.release('released');
    expect(await other.reserve('released', 'g', HOUR_MS)).toEqual({ state: 'reserved' });
  });

  test('lets a process settle what another reserved', async () => {
    await one.reserve('handed over', 'f', HOUR_MS);
    await other.complete('handed over', 1);
    expect(await one.reserve('handed over', 'f', HOUR_MS)).toEqual({ state: 'done', value: 1 });
  });

  test('refuses other content under a key, in every state', async () => {
    await one.reserve('conflict', 'f', HOUR_MS);
    expect(await other.reserve('conflict', 'g', HOUR_MS)).toEqual({ state: 'conflict' });
    await one.complete('conflict', 'value');
    expect(await other.reserve('conflict', 'g', HOUR_MS)).toEqual({ state: 'conflict' });
    expect(await other.reserve('conflict', 'f', HOUR_MS)).toEqual({ state: 'done', value: 'value' });
  });

  test('settles nothing that was not reserved', async () => {
    await one.complete('never', 'value');
    await one.unknown('never');
    await one.release('never');
    expect(await other.reserve('never', 'f', HOUR_MS)).toEqual({ state: 'reserved' });
  });

  test('keeps apart keys that differ in the least', async () => {
    for (const key of ['k', 'K', 'k ', '', 'k\u0000', '\ud800', '\ud801', 'é', 'e\u0301', 'k'.repeat(5_000)]) {
      expect(await one.reserve(key, 'f', HOUR_MS)).toEqual({ state: 'reserved' });
    }
  });

  test('frees a key when its time is over, settled or not', async () => {
    for (const settle of [() => {}, () => one.complete('short', 'value')]) {
      await one.reserve('short', 'f', 30);
      await settle();
      await until(async () => (await other.reserve('short', 'g', 1)).state === 'reserved');
      await until(async () => (await other.reserve('short', 'f', 1)).state === 'reserved');
      await other.release('short');
    }
  });

  test('reserves once for fifty who ask at once', async () => {
    const asked = Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).reserve('race', 'f', HOUR_MS));
    const states = (await Promise.all(asked)).map(({ state }) => state);
    expect(states.filter((state) => state === 'reserved')).toHaveLength(1);
    expect(states.filter((state) => state === 'pending')).toHaveLength(49);
  });

  test('reserves once for fifty who ask for a key that has just become free', async () => {
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
