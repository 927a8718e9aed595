import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ENGINES, type Place, placeOn } from '../../../support/queue/engines.js';
import { message } from '../../../support/queue/queue-app.js';
import { timed, until } from '../../../support/time.js';
import { ProductionApp, textsOf } from './production-app.js';
import { ZApiInstances } from './z-api-instances.js';

jest.setTimeout(120_000);

describe.each(ENGINES)('Queue with hanging accounts on %s', (engine) => {
  let hanging: ZApiInstances;
  let good: ZApiInstances;
  let place: Place;
  let app: ProductionApp | undefined;
  beforeAll(async () => {
    good = await ZApiInstances.start();
  });
  afterAll(() => good.close());
  beforeEach(async () => {
    hanging = await ZApiInstances.start();
    place = await placeOn(engine);
  });
  afterEach(async () => {
    await hanging.close();
    await app?.close();
    await place.remove();
  });

  it.each([
    { accounts: 1, concurrency: 1 },
    { accounts: 2, concurrency: 4 },
    { accounts: 3, concurrency: 16 },
  ])('sends for others within 2 s with $accounts hanging and concurrency $concurrency', async (given) => {
    const names = textsOf('hanging', given.accounts).map((name) => name.replace(' ', '-'));
    for (const name of names) hanging.let(name, { kind: 'hangs' });
    const accounts = [...names.map((name) => hanging.account(name)), good.account('good')];
    const { concurrency } = given;
    app = await ProductionApp.start({ engine: place.engine, name: place.name, concurrency }, { accounts });
    for (const name of names) await app.enqueueAll(name, textsOf(name, 50));
    await until(() => names.every((name) => hanging.arrived(name).length > 0));
    for (const text of textsOf(`${place.name} good`, 3)) {
      await app.queue.enqueue(message(text), { account: 'good' });
      const { ms } = await timed(() => until(() => good.accepted('good').includes(text)));
      expect(ms).toBeLessThan(2_000);
    }
  });
});
