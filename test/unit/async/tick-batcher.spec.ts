import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { TickBatcher } from '../../../lib/async/tick-batcher.js';

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('The end of a turn', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  it('does all that came in this turn, in order and not before', async () => {
    const turn = new TickBatcher();
    const done: string[] = [];
    for (const name of ['first', 'second']) turn.do(() => done.push(name));
    await Promise.resolve();
    expect(done).toEqual([]);
    await nextTurn();
    expect(done).toEqual(['first', 'second']);
  });

  it('does in another turn what comes in meanwhile, and afterwards', async () => {
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

  it('comes also where the global timers are faked', async () => {
    jest.useFakeTimers();
    const turn = new TickBatcher();
    await new Promise<void>((resolve) => turn.do(resolve));
  });
});
