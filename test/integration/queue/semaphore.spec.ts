import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Permit, Semaphore } from '../../../lib/queue/semaphore.js';

function takeAtOnce(slots: Semaphore, account = 'a'): Permit {
  const slot = slots.acquire(account);
  if (slot instanceof Permit) return slot;
  throw new Error('There was none');
}

describe('The slots of a worker', () => {
  it('are given at once while there are some', () => {
    const slots = new Semaphore(2);
    takeAtOnce(slots);
    takeAtOnce(slots);
    expect(slots.acquire('a')).toBeInstanceOf(Promise);
  });

  it('go to those who wait, first come, first served', async () => {
    const slots = new Semaphore(1);
    const order: string[] = [];
    const first = takeAtOnce(slots);
    const waits = ['first', 'second'].map(async (name) => {
      const slot = await slots.acquire('a');
      order.push(name);
      return slot;
    });
    first.release();
    const next = await waits[0];
    expect(order).toEqual(['first']);
    if (next instanceof Permit) next.release();
    await waits[1];
    expect(order).toEqual(['first', 'second']);
  });

  it('are there again for the next where nobody waits', () => {
    const slots = new Semaphore(1);
    takeAtOnce(slots).release();
    takeAtOnce(slots);
    expect(slots.acquire('a')).toBeInstanceOf(Promise);
  });

  it('do not become more where one is given back twice', () => {
    const slots = new Semaphore(1);
    const slot = takeAtOnce(slots);
    slot.release();
    slot.release();
    takeAtOnce(slots);
    expect(slots.acquire('a')).toBeInstanceOf(Promise);
  });

  it('are not given any more once they are closed, not even to those who wait', async () => {
    const slots = new Semaphore(1);
    const slot = takeAtOnce(slots);
    const waiting = slots.acquire('a');
    slots.close();
    expect(await waiting).toBe('closed');
    slot.release();
    expect(slots.acquire('a')).toBe('closed');
  });

  describe('when sends are slow', () => {
    beforeEach(() => {
      jest.useFakeTimers();
    });
    afterEach(() => {
      jest.useRealTimers();
    });

    it('are lent to other accounts, and to none of the same', () => {
      const lent: number[] = [];
      const slots = new Semaphore(2, (more) => lent.push(more));
      const slow = [takeAtOnce(slots), takeAtOnce(slots)];
      expect(slots.acquire('b')).toBeInstanceOf(Promise);
      jest.advanceTimersByTime(500);
      expect(lent.at(-1)).toBe(2);
      takeAtOnce(slots, 'c');
      expect(slots.acquire('a')).toBeInstanceOf(Promise);
      for (const slot of slow) slot.release();
      expect(lent.at(-1)).toBe(0);
    });

    it('go first to those whose account has the fewest slow sends', async () => {
      const slots = new Semaphore(2);
      const quick = takeAtOnce(slots, 'quick');
      takeAtOnce(slots, 'hanging');
      const order: string[] = [];
      jest.advanceTimersByTime(400);
      quick.release();
      takeAtOnce(slots, 'another');
      for (const account of ['hanging', 'new']) Promise.resolve(slots.acquire(account)).then(() => order.push(account));
      await jest.advanceTimersByTimeAsync(100);
      expect(order).toEqual(['new']);
      await jest.advanceTimersByTimeAsync(400);
      expect(order).toEqual(['new', 'hanging']);
    });

    it('send away one of those that wait for the same account, and all above the most', async () => {
      const slots = new Semaphore(2);
      takeAtOnce(slots);
      takeAtOnce(slots);
      const waits = [slots.acquire('a'), slots.acquire('a'), slots.acquire('a'), slots.acquire('a')];
      const ends: unknown[] = [];
      for (const wait of waits) Promise.resolve(wait).then((end) => ends.push(end));
      await jest.advanceTimersByTimeAsync(1_000);
      expect(ends).toEqual(['busy', 'busy', 'busy']);
      expect(slots.acquire('a')).toBeInstanceOf(Promise);
      expect(slots.acquire('a')).toBe('busy');
    });

    it('send one away even where few wait, so that others can be taken up', async () => {
      const slots = new Semaphore(1);
      takeAtOnce(slots);
      const wait = slots.acquire('a');
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await wait).toBe('busy');
    });

    it('are given back as many as they were', () => {
      const slots = new Semaphore(1);
      const slow = takeAtOnce(slots);
      jest.advanceTimersByTime(1_000);
      const other = takeAtOnce(slots, 'b');
      slow.release();
      slow.release();
      expect(slots.acquire('c')).toBeInstanceOf(Promise);
      other.release();
      expect(slots.acquire('d')).toBeInstanceOf(Promise);
    });
  });
});
