import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import { Test, type TestingModule } from '@nestjs/testing';
import { ButtonMessagingHealthModule } from '../../../lib/health/index.js';
import { ButtonMessagingModule } from '../../../lib/index.js';
import { ButtonMessagingQueue, ButtonMessagingQueueModule, type QueueEngineOptions } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { type Place, placeOn } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { message } from '../../support/queue/queue-app.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);

const CANARY = 'hush-hush-4711';

/** Adds a password, which servers without passwords ignore, and a connection name with the same text. */
function withSecret({ kind, ...where }: QueueEngineOptions): QueueEngineOptions {
  const url = new URL(String('connection' in where ? where.connection : Reflect.get(where, 'connectionString')));
  if (url.password === '') {
    url.username ||= 'default';
    url.password = CANARY;
  }
  url.searchParams.set(kind === 'redis' ? 'connectionName' : 'application_name', CANARY);
  return kind === 'redis' ? { kind, connection: url.href } : { kind: 'postgres', connectionString: url.href };
}

/** Returns all providers and controllers of our modules. */
function injectables(app: TestingModule): [name: string, instance: unknown][] {
  const ours = [...app.get(ModulesContainer).values()].filter(({ name }) => name.startsWith('ButtonMessaging'));
  return ours.flatMap((module) =>
    [...module.providers, ...module.controllers].map(([token, { instance }]): [string, unknown] => [
      typeof token === 'function' ? token.name : String(token),
      instance,
    ]),
  );
}

/** Returns the depth for `inspect`. References to Nest's container multiply the output by ten per level. */
function depthOf(name: string): number {
  return /^(?:Queue(?!Module)|SharedStores|HeldMessages|PausedAccounts|WorkerTrouble|ButtonMessagingQueue$)/.test(name)
    ? 8
    : 5;
}

function asJson(value: unknown): string {
  const seen = new WeakSet<object>();
  return String(
    JSON.stringify(value, (_key, each: unknown) => {
      if (typeof each === 'bigint') return String(each);
      if (typeof each !== 'object' || each === null) return each;
      if (seen.has(each)) return undefined;
      seen.add(each);
      return each;
    }),
  );
}

describeOnServers('Injectable providers with a queue on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
  });
  afterAll(async () => {
    await place.remove();
    await simulator.close();
  });

  it.each(['process', 'queue'] as const)(
    'prints no password of the queue engine, with events of the %s',
    async (events) => {
      const accounts = simulator.accounts();
      const app = await Test.createTestingModule({
        imports: [
          ButtonMessagingModule.forRoot({ logger: false, webhooks: {}, accounts, defaultAccount: 'z-api' }),
          ButtonMessagingQueueModule.forRoot({ engine: withSecret(place.engine), name: place.name, events }),
          ButtonMessagingHealthModule.forRoot({}),
        ],
      }).compile();
      await app.init();
      const queue = app.get(ButtonMessagingQueue);
      const { id } = await queue.enqueue(message());
      await until(async () => (await queue.find(id))?.state === 'sent');
      const found = injectables(app);
      expect(found.map(([name]) => name)).toEqual(expect.arrayContaining(['ButtonMessagingService', 'SharedStores']));
      const printing = found.filter(([name, instance]) =>
        [asJson(instance), inspect(instance, { depth: depthOf(name) })].some((text) => text.includes(CANARY)),
      );
      await app.close();
      expect(printing.map(([name]) => name)).toEqual([]);
    },
  );
});
