import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type InFlightSend, SendsInFlight } from '../../../lib/adapters/sends-in-flight.js';

const ANA = '551188880001';

/** Tells whether a promise settles without further events. */
async function isOver(promise: Promise<unknown> | undefined): Promise<boolean> {
  let over = false;
  void promise?.then(() => {
    over = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  return over;
}

describe('SendsInFlight', () => {
  it('holds a send from its first request until it ends', async () => {
    const flights = new SendsInFlight();
    const flight = flights.open('z', ANA);
    expect(flights.over('z', [ANA], true)).toBeUndefined();
    flight.leave();
    flight.leave();
    const waiting = [flights.over('z', [ANA], true), flights.over('z', [ANA], false)];
    expect(await isOver(Promise.all(waiting))).toBe(false);
    flight.end();
    expect(await isOver(Promise.all(waiting))).toBe(true);
    expect(flights.over('z', [ANA], false)).toBeUndefined();
  });

  it('ignores a send that ends before its request left', () => {
    const flights = new SendsInFlight();
    flights.open('z', ANA).end();
    expect(flights.over('z', [ANA], false)).toBeUndefined();
  });

  it.each<[to: Parameters<SendsInFlight['open']>[1], concerned: string[], certain: boolean, possible: boolean]>([
    ['+55 11 98888-0001', [ANA], true, true],
    [ANA, ['551188880002'], false, false],
    [ANA, ['551188880002', ANA], true, true],
    // A LID does not reveal a phone number.
    [ANA, ['5555555@lid'], false, true],
    [ANA, [], false, true],
    [ANA, ['BR.a'], false, true],
    [{ lid: '5555555@lid' }, ['5555556@lid'], false, false],
    [{ lid: '5555555@lid' }, ['5555556@lid', ANA], false, false],
    [{ userId: 'BR.a' }, ['BR.b'], false, false],
    [{ userId: 'BR.a' }, [ANA], false, true],
    [{ group: 'g' }, ['group:g'], true, true],
    [{ group: 'g' }, ['group:h'], false, false],
    [{ group: 'g' }, [ANA], false, true],
    [{ conversation: 'c' }, ['conversation:c', ANA], true, true],
    [{ conversation: 'c' }, ['conversation:d', ANA], false, false],
  ])('matches a send to %j with %j: certainly %p, possibly %p', (to, concerned, certain, possible) => {
    const flights = new SendsInFlight();
    flights.open('z', to).leave();
    expect(flights.over('z', concerned, true) !== undefined).toBe(certain);
    expect(flights.over('z', concerned, false) !== undefined).toBe(possible);
    expect(flights.over('other', concerned, false)).toBeUndefined();
  });

  it('waits for a send while others start and end', async () => {
    const step = fc.record({ at: fc.nat({ max: 5 }), ends: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const flights = new SendsInFlight();
        const open = new Map<number, InFlightSend>();
        for (const { at, ends } of steps) {
          const flight = open.get(at);
          if (ends && flight) {
            const waiting = flights.over('z', [`5511${at}`], true);
            expect(await isOver(waiting)).toBe(false);
            flight.end();
            open.delete(at);
            expect(await isOver(waiting)).toBe(true);
          } else if (!ends && !flight) {
            const begun = flights.open('z', `5511${at}`);
            begun.leave();
            open.set(at, begun);
          }
          const inFlight = [0, 1, 2, 3, 4, 5].filter((each) => flights.over('z', [`5511${each}`], true));
          expect(inFlight).toEqual([...open.keys()].sort());
        }
      }),
    );
  });
});
