import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type QueueEngineOptions, QueueUnavailableError } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { closedPort } from '../../harness/answers.js';
import { timed, until } from '../../harness/time.js';
import { ENGINES, type Place, placeOn } from './engines.js';
import { message, QueueApp } from './queue-app.js';
import { ServerProxy } from './server-proxy.js';

jest.setTimeout(60_000);
const SERVERS = ENGINES.filter((engine) => engine !== 'embedded');

function addressOf(engine: QueueEngineOptions): URL {
  if (engine.kind === 'redis' && typeof engine.connection === 'string') return new URL(engine.connection);
  if (engine.kind === 'postgres') return new URL(engine.connectionString);
  throw new Error('It has no address');
}

function at(engine: QueueEngineOptions, port: string): QueueEngineOptions {
  const address = addressOf(engine);
  address.port = port;
  return engine.kind === 'redis'
    ? { kind: 'redis', connection: address.href }
    : { kind: 'postgres', connectionString: address.href };
}

const isIdle = ({ waiting, delayed, active }: Record<'waiting' | 'delayed' | 'active', number>) =>
  waiting + delayed + active === 0;

describe.each(SERVERS)('when %s is away', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let proxy: ServerProxy;
  let app: QueueApp;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    proxy = await ServerProxy.to(addressOf(place.engine));
    app = await QueueApp.start(simulator, {
      engine: at(place.engine, String(proxy.port)),
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

  const refusal = async () => {
    const { value, ms } = await timed(() => app.queue.enqueue(message('refused')).catch((error: unknown) => error));
    expect(ms).toBeLessThan(1_500);
    expect(value).toBeInstanceOf(QueueUnavailableError);
    return value as QueueUnavailableError;
  };

  it('says so at start-up', async () => {
    const [, port = ''] = (await closedPort()).split(':');
    const { value, ms } = await timed(() =>
      QueueApp.start(simulator, { engine: at(place.engine, port), name: place.name }).catch((error: unknown) => error),
    );
    expect(value).toBeInstanceOf(QueueUnavailableError);
    expect(ms).toBeLessThan(5_000);
  });

  it('refuses at once while it is down, and goes on when it is back', async () => {
    await app.is((await app.queue.enqueue(message('before'))).id, 'sent');
    await proxy.cut();
    await until(async () => (await refusal()).outcome === 'not-sent');
    await proxy.restore();
    // Close together, so that one of them falls on the moment at which the connection is there again.
    const tries: { text: string; outcome?: string }[] = [];
    while (!tries.some(({ outcome }) => outcome === 'accepted')) {
      const one: (typeof tries)[number] = { text: `after ${tries.length}` };
      tries.push(one);
      void outcomeOf(app.queue.enqueue(message(one.text), { idempotencyKey: one.text })).then((outcome) => {
        one.outcome = outcome;
      });
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

  it('says that it may have been accepted where it hangs', async () => {
    proxy.hang();
    const { outcome, message: words } = await refusal();
    expect(outcome).toBe('unknown');
    expect(words).toContain('may have been accepted');
    await proxy.restore();
    await until(async () =>
      app.queue.counts().then(
        () => true,
        () => false,
      ),
    );
  });
});
