import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SendSlot, SendSlots } from '../../../lib/queue/semaphore.js';

function takeAtOnce(slots: SendSlots, account = 'a'): SendSlot {
  const slot = slots.take(account);
  if (slot instanceof SendSlot) return slot;
  throw new Error('There was none');
}

describe('The slots of a worker', () => {
  it('are given at once while there are some', () => {
    const slots = new SendSlots(2);
    takeAtOnce(slots);
    takeAtOnce(slots);
    expect(slots.take('a')).toBeInstanceOf(Promise);
  });

  it('go to those who wait, first come, first served', async () => {
    const slots = new SendSlots(1);
    const order: string[] = [];
    const first = takeAtOnce(slots);
    const waits = ['first', 'second'].map(async (name) => {
      const slot = await slots.take('a');
      order.push(name);
      return slot;
    });
    first.give();
    const next = await waits[0];
    expect(order).toEqual(['first']);
    if (next instanceof SendSlot) next.give();
    await waits[1];
    expect(order).toEqual(['first', 'second']);
  });

  it('are there again for the next where nobody waits', () => {
    const slots = new SendSlots(1);
    takeAtOnce(slots).give();
    takeAtOnce(slots);
    expect(slots.take('a')).toBeInstanceOf(Promise);
  });

  it('do not become more where one is given back twice', () => {
    const slots = new SendSlots(1);
    const slot = takeAtOnce(slots);
    slot.give();
    slot.give();
    takeAtOnce(slots);
    expect(slots.take('a')).toBeInstanceOf(Promise);
  });

  it('are not given any more once they are closed, not even to those who wait', async () => {
    const slots = new SendSlots(1);
    const slot = takeAtOnce(slots);
    const waiting = slots.take('a');
    slots.close();
    expect(await waiting).toBe('closed');
    slot.give();
    expect(slots.take('a')).toBe('closed');
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
      const slots = new SendSlots(2, (more) => lent.push(more));
      const slow = [takeAtOnce(slots), takeAtOnce(slots)];
      expect(slots.take('b')).toBeInstanceOf(Promise);
      jest.advanceTimersByTime(500);
      expect(lent.at(-1)).toBe(2);
      takeAtOnce(slots, 'c');
      expect(slots.take('a')).toBeInstanceOf(Promise);
      for (const slot of slow) slot.give();
      expect(lent.at(-1)).toBe(0);
    });

    it('go first to those whose account has the fewest slow sends', async () => {
      const slots = new SendSlots(2);
      const quick = takeAtOnce(slots, 'quick');
      takeAtOnce(slots, 'hanging');
      const order: string[] = [];
      jest.advanceTimersByTime(400);
      quick.give();
      takeAtOnce(slots, 'another');
      for (const account of ['hanging', 'new']) Promise.resolve(slots.take(account)).then(() => order.push(account));
      await jest.advanceTimersByTimeAsync(100);
      expect(order).toEqual(['new']);
      await jest.advanceTimersByTimeAsync(400);
      expect(order).toEqual(['new', 'hanging']);
    });

    it('send away one of those that wait for the same account, and all above the most', async () => {
      const slots = new SendSlots(2);
      takeAtOnce(slots);
      takeAtOnce(slots);
      const waits = [slots.take('a'), slots.take('a'), slots.take('a'), slots.take('a')];
      const ends: unknown[] = [];
      for (const wait of waits) Promise.resolve(wait).then((end) => ends.push(end));
      await jest.advanceTimersByTimeAsync(1_000);
      expect(ends).toEqual(['busy', 'busy', 'busy']);
      expect(slots.take('a')).toBeInstanceOf(Promise);
      expect(slots.take('a')).toBe('busy');
    });

    it('send one away even where few wait, so that others can be taken up', async () => {
      const slots = new SendSlots(1);
      takeAtOnce(slots);
      const wait = slots.take('a');
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await wait).toBe('busy');
    });

    it('are given back as many as they were', () => {
      const slots = new SendSlots(1);
      const slow = takeAtOnce(slots);
      jest.advanceTimersByTime(1_000);
      const other = takeAtOnce(slots, 'b');
      slow.give();
      slow.give();
      expect(slots.take('c')).toBeInstanceOf(Promise);
      other.give();
      expect(slots.take('d')).toBeInstanceOf(Promise);
    });
  });
});
