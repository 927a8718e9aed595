import { describe, expect, it } from '@jest/globals';
import { PendingCounter } from '../../../lib/async/pending-counter.js';

describe('PendingCounter', () => {
  it('is idle at once when nothing is pending', async () => {
    await expect(new PendingCounter().whenIdle()).resolves.toBeUndefined();
  });

  it('resolves every whenIdle() call when the last task ends, and not before', async () => {
    const work = new PendingCounter();
    const ended: string[] = [];
    work.start();
    work.start();
    const waits = ['one', 'other'].map((name) => work.whenIdle().then(() => ended.push(name)));
    work.finish();
    await Promise.resolve();
    expect(ended).toEqual([]);
    work.finish();
    await Promise.all(waits);
    expect(ended).toEqual(['one', 'other']);
  });

  it('can start again after it was idle', async () => {
    const work = new PendingCounter();
    work.start();
    const first = work.whenIdle();
    work.finish();
    await first;
    work.start();
    let idle = false;
    const second = work.whenIdle().then(() => {
      idle = true;
    });
    await Promise.resolve();
    expect(idle).toBe(false);
    work.finish();
    await second;
  });
});
