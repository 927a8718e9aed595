import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { OrderRange } from '../../../lib/queue/engines/queue-engine.js';
import { FairOrder } from '../../../lib/queue/fair-order.js';

describe('FairOrder', () => {
  let range: OrderRange | undefined;
  let order: FairOrder;
  const take = (account: string, count: number) =>
    Array.from({ length: count }, () => {
      const priority = order.priorityOf(account, undefined);
      order.added(account);
      return priority;
    });
  const lookAgain = async () => {
    jest.advanceTimersByTime(600);
    await order.look();
  };

  beforeEach(() => {
    jest.useFakeTimers();
    range = undefined;
    order = new FairOrder({ jobs: { orderRange: async () => range } }, { name: 'orders' });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('keeps the order of the messages of one account', async () => {
    const priorities = take('a', 1_000);
    range = { first: 3, last: 125 };
    await lookAgain();
    priorities.push(...take('a', 1_000));
    expect(priorities).toEqual(priorities.toSorted((one, other) => one - other));
  });

  it('orders a message before most of a thousand of another account', () => {
    const thousand = take('a', 1_000);
    const [one = Number.NaN] = take('b', 1);
    expect(thousand.filter((priority) => priority <= one).length).toBeLessThanOrEqual(8);
  });

  it('starts a new account at the current position of the queue', async () => {
    take('a', 1_000);
    order.reach(100);
    expect(take('b', 1)).toEqual([100]);
    range = { first: 110, last: 125 };
    await lookAgain();
    expect(take('c', 1)).toEqual([110]);
    expect(take('a', 1)[0]).toBeGreaterThanOrEqual(125);
  });

  it('starts at the position that another process has reached in the queue', async () => {
    range = { first: 50, last: 900 };
    await lookAgain();
    expect(take('a', 1)).toEqual([50]);
  });

  it('forgets the turns of an account whose messages were sent', async () => {
    take('a', 8_000);
    range = { first: 7, last: 9 };
    await lookAgain();
    expect(take('a', 1)[0]).toBeLessThan(20);
  });

  it('starts again at 1 when the queue is empty', async () => {
    take('a', 8_000);
    order.reach(1_000);
    await lookAgain();
    expect(take('a', 1)).toEqual([1]);
  });

  it('keeps the order of messages that are still being added', async () => {
    const before = order.priorityOf('a', undefined);
    take('a', 80);
    await lookAgain();
    expect(take('a', 1)[0]).toBeGreaterThan(before);
    order.added('a');
    await lookAgain();
    expect(take('a', 1)).toEqual([1]);
  });

  it('orders messages with a priority after all others, by that priority', () => {
    const last = take('a', 20_000_000 / 1_000).at(-1) ?? Number.NaN;
    const [first, second, lowest] = [1, 2, 2_097_151].map((wish) => order.priorityOf('a', wish));
    expect(first).toBeGreaterThan(last);
    expect(second).toBeGreaterThan(first ?? Number.NaN);
    expect(lowest).toBe(2_097_151);
  });

  it('continues when the engine is unavailable', async () => {
    order = new FairOrder({ jobs: { orderRange: () => Promise.reject(new Error('away')) } }, { name: 'orders' });
    await lookAgain();
    expect(take('a', 2)).toEqual([1, 1]);
  });
});
