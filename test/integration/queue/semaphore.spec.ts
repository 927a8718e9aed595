import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Permit, Semaphore } from '../../../lib/queue/semaphore.js';

function takeAtOnce(slots: Semaphore, account = 'a'): Permit {
  const slot = slots.acquire(account);
  if (slot instanceof Promise || typeof slot === 'string') throw new Error('There was none');
  return slot;
}

describe('Semaphore', () => {
  it('grants permits immediately while some are free', () => {
    const slots = new Semaphore(2);
    takeAtOnce(slots);
    takeAtOnce(slots);
    expect(slots.acquire('a')).toBeInstanceOf(Promise);
  });

  it('grants released permits in the order of the waiting calls', async () => {
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
    if (typeof next === 'object') next.release();
    await waits[1];
    expect(order).toEqual(['first', 'second']);
  });

  it('reuses a released permit when no call waits', () => {
    const slots = new Semaphore(1);
    takeAtOnce(slots).release();
    takeAtOnce(slots);
    expect(slots.acquire('a')).toBeInstanceOf(Promise);
  });

  it('counts a permit that is released twice only once', () => {
    const slots = new Semaphore(1);
    const slot = takeAtOnce(slots);
    slot.release();
    slot.release();
    takeAtOnce(slots);
    expect(slots.acquire('a')).toBeInstanceOf(Promise);
  });

  it('returns "closed" to waiting and later calls once it is closed', async () => {
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

    it('lends the permits of slow sends to other accounts only', () => {
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

    it('grants permits first to the account with the fewest slow sends', async () => {
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

    it('returns "busy" to one waiting call and to all above the maximum', async () => {
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

    it('returns "busy" to a waiting call of a slow account even if few wait', async () => {
      const slots = new Semaphore(1);
      takeAtOnce(slots);
      const wait = slots.acquire('a');
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await wait).toBe('busy');
    });

    it('takes back as many permits as it lent', () => {
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
