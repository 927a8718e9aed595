import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ENGINES, type EngineName, type Place, placeOn } from '../../../support/queue/engines.js';
import { itOnServers } from '../../../support/queue/on-servers.js';
import { message } from '../../../support/queue/queue-app.js';
import { settled, until } from '../../../support/time.js';
import { ProductionApp, textsOf } from './production-app.js';
import { ZApiInstances } from './z-api-instances.js';

jest.setTimeout(60_000);

describe('Message enqueued without an account', () => {
  let provider: ZApiInstances;
  let place: Place | undefined;
  const apps: ProductionApp[] = [];
  beforeEach(async () => {
    provider = await ZApiInstances.start();
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
    await provider.close();
    await place?.remove();
  });

  async function placeFor(engine: EngineName): Promise<Place> {
    place = await placeOn(engine);
    return place;
  }

  async function start({ engine, name }: Place, defaultAccount: string): Promise<ProductionApp> {
    const accounts = [provider.account('first'), provider.account('second')];
    const app = await ProductionApp.start({ engine, name }, { accounts, defaultAccount });
    apps.push(app);
    return app;
  }

  const acceptedByBoth = () => [...provider.accepted('first'), ...provider.accepted('second')];

  it.each(ENGINES)('uses the default account at the time of enqueueing after a restart (%s)', async (engine) => {
    const own = await placeFor(engine);
    const before = await start(own, 'first');
    const sendAt = new Date(Date.now() + 2_000);
    const { id } = await before.queue.enqueue(message('for later'), { sendAt });
    await before.queue.enqueue(message('for later, too'), { sendAt });
    await before.close();
    apps.splice(0);
    const after = await start(own, 'second');
    await after.queue.enqueue(message('of now'));
    await until(() => acceptedByBoth().length >= 3, 20_000);
    expect(provider.accepted('first').sort()).toEqual(['for later', 'for later, too']);
    expect(provider.accepted('second')).toEqual(['of now']);
    await after.are([id], 'sent');
    expect((await after.queue.find(id))?.sent?.account).toBe('first');
  });

  itOnServers('uses the default account of the application that enqueued it (%s)', async (engine) => {
    const own = await placeFor(engine);
    const both = [await start(own, 'first'), await start(own, 'second')];
    const texts = { first: textsOf('of first', 40), second: textsOf('of second', 40) };
    await Promise.all(
      [texts.first, texts.second].flatMap((list, index) =>
        list.map((text) => both[index]?.queue.enqueue(message(text))),
      ),
    );
    await until(() => acceptedByBoth().length >= 80, 20_000);
    await settled(() => acceptedByBoth().length);
    expect(provider.accepted('first').sort()).toEqual([...texts.first].sort());
    expect(provider.accepted('second').sort()).toEqual([...texts.second].sort());
  });
});
