import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MemoryPacingStore } from '../../../../lib/stores/memory/memory-pacing.store.js';
import type { PacingStore } from '../../../../lib/stores/pacing.store.js';
import { until } from '../../../support/time.js';
import { type Backend, backends } from './backends.js';

const EVER = Number.POSITIVE_INFINITY;

describe.each(await backends())('PacingStore on $name', ({ open }) => {
  let backend: Backend;
  let one: PacingStore;
  let other: PacingStore;

  beforeAll(async () => {
    backend = await open();
    [one, other] = backend.pacing();
    // The first statement of a connection is slower than later ones.
    await Promise.all([one.reserve('warm', { perSecond: 1, burst: 1 }, EVER), other.pausedFor(['warm'])]);
  });
  afterAll(() => backend.close());

  test.each([
    { perSecond: 0.5, burst: 1 },
    { perSecond: 3, burst: 2 },
    { perSecond: 80, burst: 20 },
  ])('returns two clients the same waits as the in-memory store: %j', async (pace) => {
    const memory = new MemoryPacingStore();
    const bucket = `sales ${pace.perSecond}`;
    const begin = performance.now();
    for (let turn = 0; turn < 30; turn += 1) {
      const expected = memory.reserve(bucket, pace, EVER);
      const given = await (turn % 2 ? one : other).reserve(bucket, pace, EVER);
      expect(Math.abs(given - expected)).toBeLessThan(performance.now() - begin + 2);
    }
  });

  test('reserves a separate turn for each of fifty concurrent calls', async () => {
    const pace = { perSecond: 2, burst: 5 };
    const begin = performance.now();
    const asked = Array.from({ length: 50 }, (_, index) => (index % 2 ? one : other).reserve('crowd', pace, EVER));
    const waits = (await Promise.all(asked)).sort((a, b) => a - b);
    const tookMs = performance.now() - begin;
    for (const [place, wait] of waits.entries()) {
      const latest = Math.max(0, (place + 1 - pace.burst) * 500);
      expect(wait).toBeLessThanOrEqual(latest + 2);
      expect(wait).toBeGreaterThanOrEqual(Math.max(0, latest - tookMs - 2));
    }
  });

  test('returns the wait of a turn that comes too late without reserving it', async () => {
    const pace = { perSecond: 0.1, burst: 1 };
    expect(await one.reserve('late', pace, 1)).toBeCloseTo(0);
    for (const store of [one, other, one]) {
      const wait = await store.reserve('late', pace, 5_000);
      expect(wait).toBeGreaterThan(8_000);
      expect(wait).toBeLessThanOrEqual(10_000);
    }
    expect(await other.reserve('late', pace, 10_000)).toBeLessThanOrEqual(10_000);
    expect(await one.reserve('late', pace, EVER)).toBeGreaterThan(18_000);
  });

  test('reserves no turn of an unused bucket for a negative maximum wait', async () => {
    const pace = { perSecond: 0.1, burst: 1 };
    expect(await one.reserve('too late', pace, -1)).toBeCloseTo(0);
    expect(await other.reserve('too late', pace, 1)).toBeCloseTo(0);
    expect(await one.reserve('too late', pace, 1)).toBeGreaterThan(8_000);
  });

  test('refills a bucket that was not used', async () => {
    const pace = { perSecond: 50, burst: 1 };
    await one.reserve('rested', pace, EVER);
    const reservedAt = performance.now();
    await until(() => performance.now() - reservedAt > 60);
    expect(await other.reserve('rested', pace, EVER)).toBeCloseTo(0);
  });

  test('returns a wait below 1 ms at an unlimited pace', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      expect(await one.reserve('endless', { perSecond: 1_000_000_000, burst: 1 }, EVER)).toBeLessThan(1);
    }
  });

  test('reports a pause to the other client, for that bucket only', async () => {
    await one.pause('paused', 5_000);
    await until(async () => (await leftOf(other, 'paused')) > 0);
    const left = await leftOf(other, 'paused');
    expect(left).toBeGreaterThan(3_000);
    expect(left).toBeLessThanOrEqual(5_000);
    expect(await other.pausedFor(['not paused', 'paused'])).toEqual([0, expect.closeTo(left ?? 0, -4)]);
  });

  test('keeps the longer of two pauses', async () => {
    await one.pause('longer', 60_000);
    await other.pause('longer', 1_000);
    expect(await leftOf(one, 'longer')).toBeGreaterThan(50_000);
    await other.pause('longer', 120_000);
    expect(await leftOf(one, 'longer')).toBeGreaterThan(110_000);
  });

  test('keeps turns and pauses independent of each other', async () => {
    const pace = { perSecond: 1, burst: 1 };
    await one.pause('both', 60_000);
    expect(await other.reserve('both', pace, EVER)).toBeCloseTo(0);
    expect(await leftOf(one, 'both')).toBeGreaterThan(50_000);
  });

  test('ends a pause after its duration and ignores one without a duration', async () => {
    await one.pause('brief', 20);
    await until(async () => (await leftOf(other, 'brief')) === 0);
    await one.pause('none', 0);
    await one.pause('none', -5);
    expect(await leftOf(other, 'none')).toBe(0);
  });

  test('ends the pause of a bucket early for both clients, and no other pause', async () => {
    await one.pause('resumed', 60_000);
    await one.pause('still paused', 60_000);
    await until(async () => (await leftOf(other, 'resumed')) > 0);
    await other.resume?.('resumed');
    expect(await leftOf(one, 'resumed')).toBe(0);
    expect(await leftOf(other, 'resumed')).toBe(0);
    expect(await leftOf(one, 'still paused')).toBeGreaterThan(50_000);
    await one.pause('resumed', 60_000);
    expect(await leftOf(one, 'resumed')).toBeGreaterThan(50_000);
    await other.resume?.('never paused');
  });

  test('accepts a pause without an end', async () => {
    await one.pause('for ever', Number.POSITIVE_INFINITY);
    await until(async () => (await leftOf(other, 'for ever')) > 1_000_000_000);
  });
});

async function leftOf(store: PacingStore, bucket: string): Promise<number> {
  const [left = 0] = await store.pausedFor([bucket]);
  return left;
}
