import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { QueueEngineOptions } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { ServerProxy } from '../../support/queue/server-proxy.js';
import { until } from '../../support/time.js';

jest.setTimeout(120_000);

const LATENCY_MS = 10;
const FAR_AWAY_MS = 600_000;

describe.each(ENGINES)('Repeated idempotency key on %s', (engineName) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let proxies: ServerProxy[] = [];
  /** Two processes with a slow connection to the server. The embedded engine has only one. */
  let apps: QueueApp[] = [];
  let first: QueueApp;
  let second: QueueApp;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start({ keep: 10_000 });
    place = await placeOn(engineName);
    const { engine, name } = place;
    const start = async (by: QueueEngineOptions) => QueueApp.start(simulator, { engine: by, name }, { breaker: false });
    if (engineName === 'embedded') apps = [await start(engine)];
    else {
      proxies = await Promise.all([ServerProxy.before(engine, LATENCY_MS), ServerProxy.before(engine, LATENCY_MS)]);
      apps = await Promise.all(proxies.map((proxy) => start(proxy.engine)));
    }
    const [one = never(), other = one] = apps;
    [first, second] = [one, other];
  });
  afterEach(() => simulator.heal());
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await simulator.close();
    await place.remove();
  });

  const timesOf = (text: string) => simulator.messages().filter((accepted) => accepted.text === text).length;
  const keysOf = (title: string, count: number) => Array.from({ length: count }, (_, index) => `${title} ${index}`);
  const giveTo = async (app: QueueApp, key: string, sendAt?: Date) =>
    (await app.queue.enqueue(messageOf(key), { idempotencyKey: key, ...(sendAt && { sendAt }) })).id;
  const nothingLeft = () =>
    until(async () => {
      const { waiting, delayed, active } = await first.queue.counts();
      return waiting + delayed + active === 0;
    }, 60_000);
  const holdOne = async (key: string) => {
    simulator.fail('z-api', 'drop-after-accepting');
    const id = await giveTo(first, key);
    await first.is(id, 'held');
    return id;
  };

  it('sends a message once when two processes repeat the key of a failed one', async () => {
    const keys = keysOf('failed', 200);
    simulator.fail('z-api', { status: 400, body: { error: 'not this one' } }, keys.length);
    await Promise.all(keys.map((key) => giveTo(first, key)));
    await until(async () => (await first.queue.counts()).failed >= keys.length, 60_000);
    const ids = await Promise.all(keys.map((key) => Promise.all([giveTo(first, key), giveTo(second, key)])));
    for (const [one, other] of ids) expect(one).toBe(other);
    await nothingLeft();
    expect(keys.filter((key) => timesOf(key) !== 1)).toEqual([]);
  });

  it('keeps a message that was accepted while the one before was cancelled', async () => {
    const keys = keysOf('cancelled', 60);
    const later = new Date(Date.now() + FAR_AWAY_MS);
    const accepted = await Promise.all(
      keys.map(async (key) => {
        const id = await giveTo(first, key, later);
        const heard = second.events.length;
        await Promise.all([first.queue.cancel(id), giveTo(second, key, later)]);
        const wasAccepted = second.events.slice(heard).some((event) => event.kind === 'enqueued' && event.id === id);
        return { key, wasAccepted, isThere: (await second.queue.find(id)) !== undefined };
      }),
    );
    expect(accepted.filter(({ wasAccepted, isThere }) => wasAccepted && !isThere)).toEqual([]);
    for (const { key, isThere } of accepted) if (isThere) await first.queue.cancel(await giveTo(first, key, later));
  });

  it('sends a message once when its key is repeated while it becomes held', async () => {
    const keys = keysOf('put aside', 40);
    simulator.fail('z-api', 'drop-after-accepting', keys.length);
    const ids = await Promise.all(
      keys.map(async (key) => {
        const id = await giveTo(first, key);
        let isHeld = false;
        while (!isHeld) {
          expect(await giveTo(second, key)).toBe(id);
          isHeld = (await second.queue.find(id))?.state === 'held';
        }
        return id;
      }),
    );
    await nothingLeft();
    expect(keys.filter((key) => timesOf(key) !== 1)).toEqual([]);
    for (const id of ids) expect((await first.queue.find(id))?.state).toBe('held');
    await Promise.all(ids.map((id) => first.queue.release(id, 'discard')));
  });

  it('releases a held message whose key was repeated with sendAt', async () => {
    const id = await holdOne('beside');
    expect(await giveTo(second, 'beside', new Date(Date.now() + FAR_AWAY_MS))).toBe(id);
    await second.queue.release(id, 'resend');
    await first.is(id, 'sent');
    expect(timesOf('beside')).toBe(2);
    expect(await first.queue.counts()).toMatchObject({ held: 0, delayed: 0 });
  });

  it('sends a message at most once more when its key is repeated during discard', async () => {
    const keys = keysOf('discarded', 20);
    const ids: string[] = [];
    for (const key of keys) ids.push(await holdOne(key));
    await Promise.all(
      keys.map((key, index) => Promise.all([first.queue.release(ids[index] ?? '', 'discard'), giveTo(second, key)])),
    );
    await nothingLeft();
    expect(keys.filter((key) => timesOf(key) > 2)).toEqual([]);
    expect((await first.queue.counts()).held).toBe(0);
  });

  it('applies only one of two concurrent releases of a held message', async () => {
    const ids: string[] = [];
    const keys = keysOf('released', 30);
    for (const key of keys) ids.push(await holdOne(key));
    const heard = apps.map((app) => app.events.length);
    await Promise.all(ids.flatMap((id) => [first.queue.release(id, 'resend'), second.queue.release(id, 'discard')]));
    await nothingLeft();
    const releases = apps.flatMap((app, index) => app.events.slice(heard[index]));
    for (const [index, id] of ids.entries()) {
      const ways = releases.flatMap((event) => (event.kind === 'released' && event.id === id ? [event.how] : []));
      expect(ways).toHaveLength(1);
      expect(timesOf(keys[index] ?? '')).toBe(ways[0] === 'resend' ? 2 : 1);
    }
  });
});

function messageOf(key: string) {
  // Always the same recipient: a different message under the same key would be a conflict.
  return { ...message(key), to: '5511999990002' };
}

function never(): never {
  throw new Error('No application was started');
}
