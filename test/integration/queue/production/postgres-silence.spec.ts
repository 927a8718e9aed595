import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { ENGINES, type Place, placeOn } from '../../../support/queue/engines.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';
import { SilentProxy } from '../../../support/servers/silent-proxy.js';
import { timed, until } from '../../../support/time.js';
import { POSTGRES_URL } from '../stores/services.js';

jest.setTimeout(90_000);

/** The interval and the timeout of a heartbeat, plus a margin for a busy machine. */
const NOTICED_WITHIN_MS = 20_000;

const suite = ENGINES.includes('postgres') ? describe : describe.skip;

suite('Queue when the PostgreSQL host goes silent and its address moves', () => {
  let simulator: GatewaySimulator;
  let place: Place;
  let proxy: SilentProxy;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn('postgres');
  });
  beforeEach(async () => {
    proxy = await SilentProxy.before(POSTGRES_URL);
  });
  afterEach(() => proxy.close());
  afterAll(async () => {
    await simulator.close();
    await place.remove();
  });

  const start = (own: { name: string; worker?: boolean; events?: 'queue' }) =>
    QueueApp.start(simulator, { engine: { kind: 'postgres', connectionString: proxy.url }, ...own });

  it('sends again from a worker that was idle', async () => {
    const worker = await start({ name: place.name, events: 'queue' });
    const direct = await QueueApp.start(simulator, { engine: place.engine, name: place.name, worker: false });
    try {
      await worker.is((await worker.queue.enqueue(message('before'))).id, 'sent');
      proxy.silence();
      const { id } = await direct.queue.enqueue(message('after'));
      await direct.is(id, 'sent', NOTICED_WITHIN_MS);
      // Received by the worker's event listener, whose connection was silent as well.
      await worker.is(id, 'sent');
    } finally {
      await worker.close();
      await direct.close();
    }
  });

  it('enqueues again in a producer after one enqueue timed out', async () => {
    const producer = await start({ name: `${place.name}-producer`, worker: false });
    try {
      await Promise.all(Array.from({ length: 20 }, (_, index) => producer.queue.enqueue(message(`before ${index}`))));
      proxy.silence();
      const first = await producer.queue.enqueue(message('first')).catch(() => undefined);
      const rest = await timed(() =>
        Promise.all(Array.from({ length: 20 }, (_, index) => producer.queue.enqueue(message(`after ${index}`)))),
      );
      expect(rest.value).toHaveLength(20);
      expect(rest.ms).toBeLessThan(4_000);
      expect(first).toBeUndefined();
    } finally {
      await producer.close();
    }
  });

  it('sends the rest of 100 messages from a worker that was busy', async () => {
    const name = `${place.name}-busy`;
    const worker = await start({ name });
    const direct = await QueueApp.start(simulator, { engine: place.engine, name, worker: false });
    try {
      await Promise.all(Array.from({ length: 100 }, (_, index) => direct.queue.enqueue(message(`busy ${index}`))));
      proxy.silence();
      const ended = async () => {
        const { waiting, delayed, active, sent, held } = await direct.queue.counts();
        return waiting + delayed + active === 0 && sent + held === 100;
      };
      await until(ended, 60_000);
      const { held } = await direct.queue.counts();
      const texts = simulator.messages().flatMap(({ text }) => (text?.startsWith('busy ') ? [text] : []));
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts.length).toBeGreaterThanOrEqual(100 - held);
    } finally {
      await worker.close();
      await direct.close();
    }
  });
});
