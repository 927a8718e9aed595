import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { QueueUnavailableError } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { type Place, placeOn } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { at, ServerProxy } from '../../support/queue/server-proxy.js';
import { closedPort } from '../../support/tcp-server.js';
import { timed, until } from '../../support/time.js';

jest.setTimeout(60_000);

/** The maximum number of concurrent calls. With more, all would time out. */
const MOST_UNDER_WAY = 50;

const isIdle = ({ waiting, delayed, active }: Record<'waiting' | 'delayed' | 'active', number>) =>
  waiting + delayed + active === 0;

describeOnServers('ButtonMessagingQueue while %s is unavailable', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let proxy: ServerProxy;
  let app: QueueApp;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    proxy = await ServerProxy.before(place.engine);
    app = await QueueApp.start(simulator, {
      engine: proxy.engine,
      name: place.name,
      enqueueTimeoutMs: 1_000,
    });
  });
  afterAll(async () => {
    await app?.close();
    await proxy.close();
    await simulator.close();
    await place.remove();
  });

  const outcomeOf = (enqueueing: Promise<unknown>) =>
    enqueueing.then(
      () => 'accepted',
      (error: QueueUnavailableError) => error.outcome,
    );

  const isBack = (one: QueueApp) => () =>
    one.queue.counts().then(
      () => true,
      () => false,
    );

  const refusal = async () => {
    const { value, ms } = await timed(() => app.queue.enqueue(message('refused')).catch((error: unknown) => error));
    expect(ms).toBeLessThan(4_000);
    expect(value).toBeInstanceOf(QueueUnavailableError);
    return value as QueueUnavailableError;
  };

  it('fails to start when the server is down', async () => {
    const [, port = ''] = (await closedPort()).split(':');
    const { value, ms } = await timed(() =>
      QueueApp.start(simulator, { engine: at(place.engine, port), name: place.name }).catch((error: unknown) => error),
    );
    expect(value).toBeInstanceOf(QueueUnavailableError);
    expect(ms).toBeLessThan(10_000);
  });

  it('recovers after the server hung right after the start', async () => {
    const name = `${place.name}-young`;
    const young = await QueueApp.start(simulator, {
      engine: proxy.engine,
      name,
      enqueueTimeoutMs: 1_000,
      events: 'queue',
    });
    try {
      proxy.hang();
      await expect(young.queue.counts()).rejects.toThrow(QueueUnavailableError);
      await proxy.restore();
      await until(isBack(young));
      await young.is((await young.queue.enqueue(message('young'))).id, 'sent');
    } finally {
      await proxy.restore();
      await young.close();
    }
  });

  it('fails to start when the server hangs', async () => {
    proxy.hang();
    const { value, ms } = await timed(() =>
      QueueApp.start(simulator, {
        engine: proxy.engine,
        name: place.name,
        enqueueTimeoutMs: 1_000,
      }).catch((error: unknown) => error),
    );
    await proxy.restore();
    expect(value).toBeInstanceOf(QueueUnavailableError);
    expect(ms).toBeLessThan(10_000);
    await until(isBack(app));
  });

  it('rejects messages while the server is down and accepts them when it is back', async () => {
    await app.is((await app.queue.enqueue(message('before'))).id, 'sent');
    await proxy.cut();
    await until(async () => (await refusal()).outcome === 'not-sent');
    await proxy.restore();
    // Enqueues continuously, so that one call meets the moment of the reconnection.
    const tries: { text: string; outcome?: string }[] = [];
    const end = performance.now() + 20_000;
    while (!tries.some(({ outcome }) => outcome === 'accepted')) {
      expect(performance.now()).toBeLessThan(end);
      if (tries.filter(({ outcome }) => outcome === undefined).length < MOST_UNDER_WAY) {
        const one: (typeof tries)[number] = { text: `after ${tries.length}` };
        tries.push(one);
        void outcomeOf(app.queue.enqueue(message(one.text), { idempotencyKey: one.text })).then((outcome) => {
          one.outcome = outcome;
        });
      }
      await nextTurn();
    }
    await until(() => tries.every(({ outcome }) => outcome !== undefined));
    await until(async () => isIdle(await app.queue.counts()));
    const sent = new Set(simulator.messages().map(({ text }) => text));
    const lies = tries.filter(
      ({ text, outcome }) => (outcome === 'not-sent') === sent.has(text) && outcome !== 'unknown',
    );
    expect(lies).toEqual([]);
  });

  it('reports "unknown" for messages accepted just before the connection is cut', async () => {
    const own = await ServerProxy.before(place.engine);
    const name = `${place.name}-last`;
    const producer = await QueueApp.start(simulator, { engine: own.engine, name, worker: false });
    const keys = Array.from({ length: 20 }, (_, index) => `last ${index}`);
    try {
      // The messages are added together and share one response.
      own.cutAfterAnswerTo('last 0');
      const outcomes = keys.map((key) => outcomeOf(producer.queue.enqueue(message(key), { idempotencyKey: key })));
      expect(new Set(await Promise.all(outcomes))).toEqual(new Set(['unknown']));
      await own.restore();
      await until(isBack(producer));
      expect(await producer.queue.counts()).toMatchObject({ waiting: keys.length });
    } finally {
      await producer.close();
      await own.close();
    }
  });

  it('reports "unknown" for a message when the server hangs', async () => {
    proxy.hang();
    const { outcome, message: words } = await refusal();
    expect(outcome).toBe('unknown');
    expect(words).toContain('may have been accepted');
    await proxy.restore();
    await until(isBack(app));
  });
});
