import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { type Batching, createBatcher } from '../../../lib/queue/batcher.js';
import { deferred, until } from '../../support/time.js';

/** Creates a batcher whose batches end when the test ends them. */
function held(batching?: Batching) {
  const batches: { items: readonly number[]; end: () => void; fail: () => void }[] = [];
  const double = createBatcher(async (items: readonly number[]) => {
    const { promise, resolve } = deferred<(number | Error)[]>();
    const end = () => resolve(items.map((item) => 2 * item));
    const fail = () => resolve(items.map(() => new Error('It failed')));
    batches.push({ items, end, fail });
    const results = await promise;
    if (results[0] instanceof Error) throw results[0];
    return results.map(Number);
  }, batching);
  return { double, batches, sizes: () => batches.map(({ items }) => items.length) };
}

describe('createBatcher', () => {
  it('runs the calls of one turn together and returns each its own result', async () => {
    const { double, batches } = held();
    const results = Promise.all([double(1), double(2), double(1)]);
    await nextTurn();
    expect(batches.map(({ items }) => items)).toEqual([[1, 2, 1]]);
    batches[0]?.end();
    expect(await results).toEqual([2, 4, 2]);
  });

  it('puts at most `most` items into a batch', async () => {
    const { double, batches, sizes } = held({ most: 2 });
    const results = Promise.all([1, 2, 3, 4, 5].map(double));
    await nextTurn();
    expect(sizes()).toEqual([2, 2, 1]);
    for (const { end } of batches) end();
    expect(await results).toEqual([2, 4, 6, 8, 10]);
  });

  it('starts a batch without waiting for the one before', async () => {
    const { double, sizes } = held();
    void double(1);
    await nextTurn();
    void double(2);
    await nextTurn();
    expect(sizes()).toEqual([1, 1]);
  });

  describe('when serial', () => {
    it('collects calls until the batch before is done', async () => {
      const { double, batches, sizes } = held({ serial: true });
      const first = double(1);
      await until(() => batches.length === 1);
      const others: Promise<number>[] = [];
      for (const number of [2, 3, 4]) {
        others.push(double(number));
        await nextTurn();
      }
      expect(sizes()).toEqual([1]);
      batches[0]?.end();
      expect(await first).toBe(2);
      await until(() => batches.length === 2);
      expect(sizes()).toEqual([1, 3]);
      batches[1]?.end();
      expect(await Promise.all(others)).toEqual([4, 6, 8]);
    });

    it('continues after a batch that failed', async () => {
      const { double, batches, sizes } = held({ serial: true });
      const first = double(1).catch((error: Error) => error.message);
      await until(() => batches.length === 1);
      const second = double(2);
      batches[0]?.fail();
      expect(await first).toBe('It failed');
      await until(() => batches.length === 2);
      expect(sizes()).toEqual([1, 1]);
      batches[1]?.end();
      expect(await second).toBe(4);
    });
  });
});
