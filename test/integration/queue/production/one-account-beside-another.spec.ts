import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ENGINES, type Place, placeOn } from '../../../support/queue/engines.js';
import { message } from '../../../support/queue/queue-app.js';
import { timed, until } from '../../../support/time.js';
import { ProductionApp, textsOf } from './production-app.js';
import { type Behaviour, ZApiInstances } from './z-api-instances.js';

jest.setTimeout(150_000);

/** How the provider treats the other accounts, by account. */
const BEHAVIOURS: Record<string, Behaviour> = {
  paced: { kind: 'accepts' },
  paused: { kind: 'accepts' },
  slow: { kind: 'accepts', delayMs: 300 },
  'refused with 401': { kind: 'answers', status: 401 },
  'held back by 429': { kind: 'answers', status: 429, retryAfter: 30 },
  'without connection': { kind: 'accepts' },
  hanging: { kind: 'hangs' },
};
const TROUBLES = Object.keys(BEHAVIOURS).map((what) => [what, what.replaceAll(' ', '-')] as const);
const WAITING = 1_000;
/**
 * Takes under two seconds on an idle machine and more on a busy one. Behind the other thousand messages it would take
 * at least twenty.
 */
const AT_ONCE_MS = 6_000;

describe.each(ENGINES)('Independence of accounts on %s', (engine) => {
  let provider: ZApiInstances;
  let unreachable: ZApiInstances;
  let place: Place;
  let app: ProductionApp;
  beforeAll(async () => {
    provider = await ZApiInstances.start();
    unreachable = await ZApiInstances.start();
    place = await placeOn(engine);
    const others = TROUBLES.filter(([what]) => what !== 'paced' && what !== 'without connection');
    app = await ProductionApp.start(
      { engine: place.engine, name: place.name },
      {
        accounts: [
          provider.account('b'),
          provider.account('paced', { pacing: { perSecond: 1 } }),
          unreachable.account('without-connection'),
          ...others.map(([, name]) => provider.account(name)),
        ],
        defaultAccount: 'b',
      },
    );
    await unreachable.refuseConnections();
    for (const [what, name] of TROUBLES) provider.let(name, BEHAVIOURS[what] ?? { kind: 'accepts' });
    await app.queue.pause('paused');
  });
  afterAll(async () => {
    await provider.close();
    await unreachable.close();
    await app?.close();
    await place.remove();
  });

  const at = (name: string) => (name === 'without-connection' ? unreachable : provider);

  it.each(TROUBLES)('sends a message within 6 s despite 1,000 of an account that is %s', async (_, name) => {
    await app.enqueueAll(name, textsOf(name, WAITING));
    const text = `beside ${name}`;
    await app.queue.enqueue(message(text), { account: 'b' });
    const { ms } = await timed(() => until(() => provider.accepted('b').includes(text), 20_000));
    expect(ms).toBeLessThan(AT_ONCE_MS);
  });

  it('continues to send for every other account once it works again', async () => {
    for (const [, name] of TROUBLES) provider.let(name, { kind: 'accepts' });
    await unreachable.takeConnections();
    await app.queue.resume('paused');
    const before = new Map(TROUBLES.map(([, name]) => [name, at(name).accepted(name).length]));
    const goesOn = ([, name]: (typeof TROUBLES)[number]) =>
      until(() => {
        const accepted = at(name).accepted(name).length;
        return accepted === WAITING || accepted >= (before.get(name) ?? 0) + 3;
      }, 60_000);
    await Promise.all(TROUBLES.map(goesOn));
    for (const [, name] of TROUBLES) {
      const accepted = at(name).accepted(name);
      expect(new Set(accepted).size).toBe(accepted.length);
    }
  });

  it('sends each message of the working account once', () => {
    const texts = TROUBLES.map(([, name]) => `beside ${name}`);
    const accepted = provider.accepted('b');
    expect(accepted.filter((text) => texts.includes(text)).sort()).toEqual([...new Set(accepted)].sort());
  });
});
