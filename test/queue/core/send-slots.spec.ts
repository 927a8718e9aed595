import { describe, expect, it } from '@jest/globals';
import { SendSlot, SendSlots } from '../../../lib/queue/send-slots.js';

function takeAtOnce(slots: SendSlots): SendSlot {
  const slot = slots.take();
  if (slot instanceof SendSlot) return slot;
  throw new Error('There was none');
}

describe('The slots of a worker', () => {
  it('are given at once while there are some', () => {
    const slots = new SendSlots(2);
    takeAtOnce(slots);
    takeAtOnce(slots);
    expect(slots.take()).toBeInstanceOf(Promise);
  });

  it('go to those who wait, first come, first served', async () => {
    const slots = new SendSlots(1);
    const order: string[] = [];
    const first = takeAtOnce(slots);
    const waits = ['first', 'second'].map(async (name) => {
      const slot = await slots.take();
      order.push(name);
      return slot;
    });
    first.give();
    const next = await waits[0];
    expect(order).toEqual(['first']);
    next?.give();
    await waits[1];
    expect(order).toEqual(['first', 'second']);
  });

  it('are there again for the next where nobody waits', () => {
    const slots = new SendSlots(1);
    takeAtOnce(slots).give();
    takeAtOnce(slots);
    expect(slots.take()).toBeInstanceOf(Promise);
  });

  it('do not become more where one is given back twice', () => {
    const slots = new SendSlots(1);
    const slot = takeAtOnce(slots);
    slot.give();
    slot.give();
    takeAtOnce(slots);
    expect(slots.take()).toBeInstanceOf(Promise);
  });

  it('are not given any more once they are closed, not even to those who wait', async () => {
    const slots = new SendSlots(1);
    const slot = takeAtOnce(slots);
    const waiting = slots.take();
    slots.close();
    expect(await waiting).toBeUndefined();
    slot.give();
    expect(slots.take()).toBeUndefined();
  });
});
