import { describe, expect, it } from '@jest/globals';
import { SendSlots } from '../../../lib/queue/send-slots.js';

describe('The slots of a worker', () => {
  it('are given at once while there are some', () => {
    const slots = new SendSlots(2);
    expect([slots.take(), slots.take()]).toEqual([true, true]);
    expect(slots.take()).toBeInstanceOf(Promise);
  });

  it('go to those who wait, first come, first served', async () => {
    const slots = new SendSlots(1);
    const order: string[] = [];
    slots.take();
    const waits = ['first', 'second'].map(async (name) => {
      await slots.take();
      order.push(name);
    });
    slots.give();
    await waits[0];
    expect(order).toEqual(['first']);
    slots.give();
    await waits[1];
    expect(order).toEqual(['first', 'second']);
  });

  it('are there again for the next where nobody waits', () => {
    const slots = new SendSlots(1);
    slots.take();
    slots.give();
    expect(slots.take()).toBe(true);
    expect(slots.take()).toBeInstanceOf(Promise);
  });

  it('are not given any more once they are closed, not even to those who wait', async () => {
    const slots = new SendSlots(1);
    slots.take();
    const waiting = slots.take();
    slots.close();
    expect(await waiting).toBe(false);
    slots.give();
    expect(slots.take()).toBe(false);
  });
});
