import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, jest } from '@jest/globals';
import { placeOn } from '../../../support/queue/engines.js';
import { itOnServers } from '../../../support/queue/on-servers.js';
import { message } from '../../../support/queue/queue-app.js';
import { settled, until } from '../../../support/time.js';
import { ProductionApp } from './production-app.js';
import { SlowWay } from './slow-way.js';
import { ZApiInstances } from './z-api-instances.js';

jest.setTimeout(120_000);

const KEYS = Array.from({ length: 200 }, (_, index) => `order-${index}`);

describe('Key of a failed message, repeated by two applications', () => {
  const closing: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  itOnServers('sends one message per key (%s)', async (engine) => {
    const provider = await ZApiInstances.start();
    const place = await placeOn(engine);
    const way = await SlowWay.to(place.engine, 20);
    closing.push(
      place.remove,
      () => provider.close(),
      () => way.close(),
    );
    const messaging = { accounts: [provider.account('a')], defaultAccount: 'a' };
    const start = async (where: typeof place.engine) => {
      const app = await ProductionApp.start({ engine: where, name: place.name }, messaging);
      closing.push(() => app.close());
      return app;
    };
    const near = await start(place.engine);
    const far = await start(way.engine);
    const messages = new Map(KEYS.map((key) => [key, message(key)]));
    const enqueue = async (app: ProductionApp, key: string) => {
      const { id } = await app.queue.enqueue(messages.get(key) ?? message(key), { idempotencyKey: key });
      return id;
    };

    provider.let('a', { kind: 'answers', status: 400 });
    await near.are(await Promise.all(KEYS.map((key) => enqueue(near, key))), 'failed');
    provider.let('a', { kind: 'accepts' });
    const ids: string[] = [];
    // The near application enqueues at different moments of the far one's round trip, so the far one acts on old data.
    for (let index = 0; index < KEYS.length; index += 20) {
      const both = KEYS.slice(index, index + 20).flatMap((key, place) => [
        enqueue(far, key),
        pause(place * 2).then(() => enqueue(near, key)),
      ]);
      ids.push(...(await Promise.all(both)));
    }
    expect(ids.filter((id, index) => index % 2 === 1 && id !== ids[index - 1])).toEqual([]);
    await until(() => new Set(provider.accepted('a')).size === KEYS.length, 30_000);
    await settled(() => provider.accepted('a').length, 500);
    expect(provider.accepted('a').sort()).toEqual([...KEYS].sort());
  });
});
