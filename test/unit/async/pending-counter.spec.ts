import { describe, expect, it } from '@jest/globals';
import { PendingCounter } from '../../../lib/async/pending-counter.js';

describe('Work under way', () => {
  it('is idle at once where there is none', async () => {
    await expect(new PendingCounter().idle()).resolves.toBeUndefined();
  });

  it('is idle for everybody who waits when the last has ended, and not before', async () => {
    const work = new PendingCounter();
    const ended: string[] = [];
    work.begin();
    work.begin();
    const waits = ['one', 'other'].map((name) => work.idle().then(() => ended.push(name)));
    work.end();
    await Promise.resolve();
    expect(ended).toEqual([]);
    work.end();
    await Promise.all(waits);
    expect(ended).toEqual(['one', 'other']);
  });

  it('may begin again', async () => {
    const work = new PendingCounter();
    work.begin();
    const first = work.idle();
    work.end();
    await first;
    work.begin();
    let idle = false;
    const second = work.idle().then(() => {
      idle = true;
    });
    await Promise.resolve();
    expect(idle).toBe(false);
    work.end();
    await second;
  });
});
