import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AbortListeners, type AbortSubscription } from '../../../lib/async/abort-listeners.js';

function watching() {
  const aborts = new AbortListeners();
  const told: string[] = [];
  const watch = (signal: AbortSignal, name: string) => aborts.watch(signal, { onAbort: () => told.push(name) });
  return { watch, told };
}

const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;

describe('AbortListeners', () => {
  it('notifies every subscriber once through one listener', () => {
    const { watch, told } = watching();
    const controller = new AbortController();
    for (const name of ['first', 'second', 'third']) watch(controller.signal, name);
    expect(listeners(controller.signal)).toBe(1);
    controller.abort();
    controller.abort();
    expect(told).toEqual(['first', 'second', 'third']);
    expect(listeners(controller.signal)).toBe(0);
  });

  it('notifies only the subscribers of the signal that aborted', () => {
    const { watch, told } = watching();
    const [one, other] = [new AbortController(), new AbortController()];
    watch(one.signal, 'one');
    watch(other.signal, 'other');
    other.abort();
    expect(told).toEqual(['other']);
  });

  it('removes its listener with the last subscription and can start again', () => {
    const { watch, told } = watching();
    const controller = new AbortController();
    const [first, second] = [watch(controller.signal, 'first'), watch(controller.signal, 'second')];
    first.end();
    expect(listeners(controller.signal)).toBe(1);
    second.end();
    expect(listeners(controller.signal)).toBe(0);
    watch(controller.signal, 'again');
    controller.abort();
    expect(told).toEqual(['again']);
  });

  it('tolerates subscriptions that end while they are notified', () => {
    const aborts = new AbortListeners();
    const controller = new AbortController();
    const told: number[] = [];
    const watches: AbortSubscription[] = [0, 1, 2].map((index) =>
      aborts.watch(controller.signal, {
        onAbort: () => {
          told.push(index);
          watches[index]?.end();
        },
      }),
    );
    controller.abort();
    expect(told).toEqual([0, 1, 2]);
  });

  it('notifies exactly the open subscriptions, in whatever order the others ended', () => {
    const ends = fc.array(fc.nat({ max: 19 }), { maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), ends, (count, ended) => {
        const { watch, told } = watching();
        const controller = new AbortController();
        const watches = Array.from({ length: count }, (_, index) => watch(controller.signal, String(index)));
        for (const index of ended) watches[index]?.end();
        controller.abort();
        const left = watches.map((_, index) => index).filter((index) => !ended.includes(index));
        expect(told.map(Number).toSorted((one, other) => one - other)).toEqual(left);
      }),
    );
  });
});
