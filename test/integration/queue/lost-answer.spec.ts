import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { type Place, placeOn, SERVERS } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { ServerProxy } from '../../support/queue/server-proxy.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);

const TEXTS = ['one', 'two', 'three', 'four', 'five'];

/** The Redis client repeats a command after a lost connection, and the repetition finds nothing to do. */
const ON_REDIS = SERVERS.filter((engine) => engine === 'redis');

describeOnServers(
  'Queue worker when the connection to %s is lost',
  (engine) => {
    let simulator: GatewaySimulator;
    let provider: FakeProvider;
    let place: Place;
    let proxy: ServerProxy;
    beforeAll(async () => {
      simulator = await GatewaySimulator.start();
      provider = await FakeProvider.start();
      place = await placeOn(engine);
      proxy = await ServerProxy.before(place.engine);
    });
    afterAll(async () => {
      await proxy.close();
      await provider.close();
      await simulator.close();
      await place.remove();
    });

    it('emits the sent event of a message whose acknowledgement got no response', async () => {
      const answers: (() => void)[] = [];
      provider.always((_, response) => void answers.push(() => response.end('{"messageId":"MESSAGE"}')));
      const messaging = { accounts: [zApiAccount(provider.url)], defaultAccount: 'zap' };
      const queue = { engine: proxy.engine, name: place.name };
      const worker = await QueueApp.start(simulator, queue, messaging);
      const watching = await QueueApp.start(simulator, { ...queue, engine: place.engine, worker: false }, messaging);
      const told = () => worker.events.filter(({ kind }) => kind === 'sent').length;
      try {
        for (const text of TEXTS) await worker.queue.enqueue(message(text));
        await until(() => answers.length === TEXTS.length);
        proxy.swallowAnswers();
        for (const answer of answers) answer();
        await until(async () => (await watching.queue.counts()).sent === TEXTS.length);
        expect(told()).toBe(0);
        await proxy.restore();
        await until(() => told() === TEXTS.length);
        expect(await watching.queue.counts()).toMatchObject({ sent: TEXTS.length, active: 0, held: 0 });
      } finally {
        await worker.close();
        await watching.close();
      }
    });
  },
  ON_REDIS,
);
