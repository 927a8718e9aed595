import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { settled, until } from '../../support/time.js';

jest.setTimeout(60_000);

describe.each(ENGINES)('Queue worker on %s', (engine) => {
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

  it('delays messages in the queue while their account is paced', async () => {
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

  it('sends messages in the order of their priority', async () => {
    const app = await start({ concurrency: 1 });
    await app.queue.pause();
    for (const priority of [3, 1, 2]) await app.queue.enqueue(message(`priority ${priority}`), { priority });
    await app.queue.enqueue(message('priority 0'));
    await app.queue.resume();
    const sent = () => simulator.messages().flatMap(({ text }) => (text?.startsWith('priority') ? [text] : []));
    await until(() => sent().length === 4);
    expect(sent()).toEqual([0, 1, 2, 3].map((priority) => `priority ${priority}`));
  });

  it('delays a rate-limited message without counting an attempt', async () => {
    const app = await start();
    simulator.fail('z-api', { retryAfterSeconds: 2 });
    const { id } = await app.queue.enqueue(message('rate limited'));
    await app.is(id, 'delayed');
    expect(await app.is(id, 'sent', 20_000)).toMatchObject({ attempts: 1 });
  });

  it('waits longer before each retry of a message', async () => {
    // Measures the pauses of the queue, not the retries within one send.
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
    'fails a message that the provider rejects with the text %j',
    async (words) => {
      const app = await start();
      simulator.fail('z-api', { status: 400, body: { error: words } });
      const { id } = await app.queue.enqueue(message('refused'));
      expect(await app.is(id, 'failed')).toMatchObject({ error: { code: 'provider-rejected' } });
    },
  );

  it('fails a message when its deadline has passed', async () => {
    const app = await start();
    simulator.fail('z-api', 'unavailable', Number.POSITIVE_INFINITY);
    const { id } = await app.queue.enqueue(message('too late'), { deadlineMs: 1_500 });
    expect(await app.is(id, 'failed', 20_000)).toMatchObject({
      error: { code: 'provider-unavailable', category: 'unavailable', message: expect.not.stringContaining('[') },
    });
  });

  it('resends a message of unknown outcome when onUnknownOutcome is "resend"', async () => {
    const app = await start({ onUnknownOutcome: 'resend' });
    simulator.fail('z-api', 'drop-after-accepting');
    const { id } = await app.queue.enqueue(message('at least once'));
    await app.is(id, 'sent');
    expect(textsOf('at least once')).toBe(2);
  });

  it('sends at most `concurrency` messages at a time and prefetches as many', async () => {
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

  it('holds messages in flight at closeTimeoutMs and keeps the rest queued', async () => {
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

  it('only enqueues with worker: false, and finds no message of another queue name', async () => {
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

  // The embedded engine supports only one process.
  if (engine !== 'embedded') {
    it('shares messages among workers and pauses an account in all of them', async () => {
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
