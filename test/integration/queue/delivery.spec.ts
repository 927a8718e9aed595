import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { settled, until } from '../../support/time.js';

jest.setTimeout(60_000);

describe.each(ENGINES)('on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  const apps: QueueApp[] = [];
  const start = async (...[options, messaging]: [object?, object?]) => {
    const app = await QueueApp.start(simulator, { engine: place.engine, name: place.name, ...options }, messaging);
    apps.push(app);
    return app;
  };
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
  });
  afterEach(async () => {
    simulator.heal();
    await Promise.all(apps.splice(0).map((app) => app.close()));
  });
  afterAll(async () => {
    await simulator.close();
    await place.remove();
  });

  const textsOf = (text: string) => simulator.messages().filter((accepted) => accepted.text === text).length;

  it('waits in the queue for a turn that comes late', async () => {
    const [account] = simulator.accounts();
    const paced = { ...account, pacing: { perSecond: 2, burst: 1 } };
    const app = await start({}, { accounts: [paced] });
    const ids = await Promise.all(
      Array.from({ length: 6 }, async () => (await app.queue.enqueue(message('paced'))).id),
    );
    await until(async () => (await app.queue.counts()).delayed > 0);
    for (const id of ids) await app.is(id, 'sent', 30_000);
    expect(textsOf('paced')).toBe(6);
  });

  it('sends by priority', async () => {
    const app = await start({ concurrency: 1 });
    await app.queue.pause();
    for (const priority of [3, 1, 2]) await app.queue.enqueue(message(`priority ${priority}`), { priority });
    await app.queue.enqueue(message('priority 0'));
    await app.queue.resume();
    const sent = () => simulator.messages().flatMap(({ text }) => (text?.startsWith('priority') ? [text] : []));
    await until(() => sent().length === 4);
    expect(sent()).toEqual([0, 1, 2, 3].map((priority) => `priority ${priority}`));
  });

  it('waits in the queue where the provider says that it is too much', async () => {
    const app = await start();
    simulator.fail('z-api', { retryAfterSeconds: 2 });
    const { id } = await app.queue.enqueue(message('rate limited'));
    await app.is(id, 'delayed');
    expect(await app.is(id, 'sent', 20_000)).toMatchObject({ attempts: 1 });
  });

  it('waits longer and longer before it takes a message up again', async () => {
    // Of the queue's own pauses, not of those within a delivery.
    const app = await start({}, { retry: { attempts: 1 } });
    simulator.fail('z-api', 'unavailable', 2);
    const requests = () => simulator.requests().filter(({ body }) => body.includes('again'));
    const { id } = await app.queue.enqueue(message('again'));
    await app.is(id, 'sent', 20_000);
    const [first = 0, second = 0, third = 0] = requests().map(({ receivedAt }) => receivedAt.getTime());
    expect(second - first).toBeGreaterThanOrEqual(1_000);
    expect(third - second).toBeGreaterThanOrEqual(2_000);
  });

  it.each(['half a character: \ud83d', 'a NUL: \0'])(
    'fails with whatever words its provider has: %j',
    async (words) => {
      const app = await start();
      simulator.fail('z-api', { status: 400, body: { error: words } });
      const { id } = await app.queue.enqueue(message('refused'));
      expect(await app.is(id, 'failed')).toMatchObject({ error: { code: 'provider-rejected' } });
    },
  );

  it('gives up when its deadline has passed', async () => {
    const app = await start();
    simulator.fail('z-api', 'unavailable', Number.POSITIVE_INFINITY);
    const { id } = await app.queue.enqueue(message('too late'), { deadlineMs: 1_500 });
    expect(await app.is(id, 'failed', 20_000)).toMatchObject({
      error: { code: 'provider-unavailable', category: 'unavailable', message: expect.not.stringContaining('[') },
    });
  });

  it('sends again what may have gone out, where that was chosen', async () => {
    const app = await start({ onUnknownOutcome: 'resend' });
    simulator.fail('z-api', 'drop-after-accepting');
    const { id } = await app.queue.enqueue(message('at least once'));
    await app.is(id, 'sent');
    expect(textsOf('at least once')).toBe(2);
  });

  it('sends no more at a time than it may, and has the next at hand', async () => {
    const app = await start({ concurrency: 2, closeTimeoutMs: 0 });
    simulator.fail('z-api', 'time-out', 2);
    const ids = await Promise.all(
      Array.from({ length: 6 }, async () => (await app.queue.enqueue(message('bounded'))).id),
    );
    await until(async () => (await app.queue.counts()).active === 4 && textsOf('bounded') === 2);
    expect(await settled(() => textsOf('bounded') > 2)).toBe(false);
    await app.close();
    apps.splice(0);
    const next = await start();
    await until(async () => {
      const states = await Promise.all(ids.map(async (id) => (await next.queue.find(id))?.state));
      return states.filter((state) => state === 'sent').length === 4;
    });
    expect(textsOf('bounded')).toBe(6);
  });

  it('finishes what is in flight when the application ends, and keeps the rest', async () => {
    const app = await start({ concurrency: 2, closeTimeoutMs: 200 });
    simulator.fail('z-api', 'time-out', 2);
    const ids = await Promise.all(
      Array.from({ length: 4 }, async () => (await app.queue.enqueue(message('ending'))).id),
    );
    await until(() => textsOf('ending') === 2);
    await app.close();
    apps.splice(0);
    const next = await start();
    await until(async () => {
      const states = await Promise.all(ids.map(async (id) => (await next.queue.find(id))?.state));
      return (
        states.filter((state) => state === 'sent').length === 2 &&
        states.filter((state) => state === 'held').length === 2
      );
    });
    expect(textsOf('ending')).toBe(4);
  });

  it('only enqueues where it is no worker, and does not see what another name has', async () => {
    const producer = await start({ worker: false });
    const { id } = await producer.queue.enqueue(message('produced'), { idempotencyKey: 'a' });
    expect((await producer.queue.find(id))?.state).toBe('waiting');
    await producer.close();
    apps.splice(0);
    const other = await start({ name: `${place.name}-other` });
    expect(await other.queue.find(id)).toBeUndefined();
    await other.close();
    apps.splice(0);
    const worker = await start();
    await worker.is(id, 'sent');
  });

  // The embedded engine is for one process.
  if (engine !== 'embedded') {
    it('shares the work among workers, and pauses in all', async () => {
      const [one, other] = [await start(), await start()];
      for await (const { error } of one.queue.enqueueMany(Array.from({ length: 200 }, () => message('shared')))) {
        expect(error).toBeUndefined();
      }
      await until(() => textsOf('shared') >= 200, 30_000);
      await until(async () => (await one.queue.counts()).active === 0);
      expect(textsOf('shared')).toBe(200);
      for (const app of [one, other]) expect(app.events.some(({ kind }) => kind === 'sent')).toBe(true);
      await one.queue.pause('z-api');
      const { id } = await other.queue.enqueue(message('paused in both'), { sendAt: new Date(Date.now() + 1_100) });
      await until(async () => ((await one.queue.find(id))?.state ?? '') === 'delayed');
      await one.queue.resume('z-api');
      await one.is(id, 'sent', 20_000);
    });
  }
});
