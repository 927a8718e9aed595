import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { TickBatcher } from '../../../lib/async/tick-batcher.js';

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('TickBatcher', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs the callbacks of one tick together, in order, at the end of the tick', async () => {
    const turn = new TickBatcher();
    const done: string[] = [];
    for (const name of ['first', 'second']) turn.do(() => done.push(name));
    await Promise.resolve();
    expect(done).toEqual([]);
    await nextTurn();
    expect(done).toEqual(['first', 'second']);
  });

  it('runs callbacks that arrive during or after a batch in a later tick', async () => {
    const turn = new TickBatcher();
    const done: string[] = [];
    turn.do(() => turn.do(() => done.push('meanwhile')));
    await nextTurn();
    expect(done).toEqual([]);
    await nextTurn();
    turn.do(() => done.push('afterwards'));
    await nextTurn();
    expect(done).toEqual(['meanwhile', 'afterwards']);
  });

  it('runs when the global timers are faked', async () => {
    jest.useFakeTimers();
    const turn = new TickBatcher();
    await new Promise<void>((resolve) => turn.do(resolve));
  });
});
