import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { ButtonMessagingModule, ConfigurationError } from '../../../lib/index.js';
import {
  ButtonMessagingQueue,
  ButtonMessagingQueueModule,
  type ButtonMessagingQueueOptions,
} from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { until } from '../../support/time.js';

jest.setTimeout(120_000);

function factoryOf(options: ButtonMessagingQueueOptions) {
  @Injectable()
  class OptionsFactory {
    createButtonMessagingQueueOptions() {
      return options;
    }
  }
  return OptionsFactory;
}

function useExisting(options: ButtonMessagingQueueOptions): DynamicModule {
  const Factory = factoryOf(options);

  @Module({ providers: [Factory], exports: [Factory] })
  class OptionsModule {}

  return ButtonMessagingQueueModule.forRootAsync({ imports: [OptionsModule], useExisting: Factory });
}

const WAYS: [string, (options: ButtonMessagingQueueOptions) => DynamicModule][] = [
  ['useFactory', (options) => ButtonMessagingQueueModule.forRootAsync({ useFactory: async () => options })],
  ['useClass', (options) => ButtonMessagingQueueModule.forRootAsync({ useClass: factoryOf(options) })],
  ['useExisting', useExisting],
];

async function start(simulator: GatewaySimulator, registration: DynamicModule): Promise<TestingModule> {
  const accounts = simulator.accounts();
  const messaging = ButtonMessagingModule.forRoot({ logger: false, accounts, defaultAccount: 'z-api' });
  const module = await Test.createTestingModule({ imports: [messaging, registration] }).compile();
  return module.init();
}

let simulator: GatewaySimulator;
beforeAll(async () => {
  simulator = await GatewaySimulator.start();
});
afterAll(() => simulator.close());

describe.each(ENGINES)('ButtonMessagingQueueModule on %s', (engine) => {
  let place: Place;
  beforeAll(async () => {
    place = await placeOn(engine);
  });
  afterAll(() => place.remove());

  it.each(WAYS)('registers by forRootAsync with %s', async (way, register) => {
    const name = `${place.name}-${way}`;
    const app = await start(simulator, register({ engine: place.engine, name }));
    const queue = app.get(ButtonMessagingQueue);
    const { id } = await queue.enqueue(message(name));
    await until(async () => (await queue.find(id))?.state === 'sent').finally(() => app.close());
    expect(simulator.messages().filter(({ text }) => text === name).length).toBe(1);
  });

  // The embedded engine supports only one module at a time.
  if (engine !== 'embedded') {
    it('keeps the messages of modules with different names apart', async () => {
      const one = await QueueApp.start(simulator, { engine: place.engine, name: place.name, worker: false });
      const other = await QueueApp.start(simulator, { engine: place.engine, name: `${place.name}-other` });
      const { id } = await one.queue.enqueue(message('mine'), { idempotencyKey: 'same' });
      const { id: theirs } = await other.queue.enqueue(message('theirs'), { idempotencyKey: 'same' });
      await other.is(theirs, 'sent');
      // Each queue has its own message under the same key and id.
      expect(theirs).toBe(id);
      expect(await one.queue.find(id)).toMatchObject({ state: 'waiting', message: { text: 'mine' } });
      expect(await one.queue.counts()).toMatchObject({ waiting: 1, sent: 0 });
      expect(await other.queue.counts()).toMatchObject({ waiting: 0, sent: 1 });
      await Promise.all([one.close(), other.close()]);
    });
  }
});

describe.each(ENGINES)('ButtonMessagingQueueModule registered twice on %s', (engine) => {
  let place: Place;
  beforeAll(async () => {
    place = await placeOn(engine);
  });
  afterAll(() => place.remove());

  const forRoot = (name: string) => ButtonMessagingQueueModule.forRoot({ engine: place.engine, name });
  const forRootAsync = (name: string) =>
    ButtonMessagingQueueModule.forRootAsync({ useFactory: async () => ({ engine: place.engine, name }) });
  const within = (registration: DynamicModule): DynamicModule => {
    class FeatureModule {}
    return { module: FeatureModule, imports: [registration] };
  };
  const TWO: [what: string, registrations: () => DynamicModule[]][] = [
    ['with two names', () => [forRoot(place.name), forRoot(`${place.name}-other`)]],
    ['with one name', () => [forRoot(place.name), forRoot(place.name)]],
    ['by different methods', () => [forRoot(place.name), forRootAsync(place.name)]],
    ['both asynchronous', () => [forRootAsync(place.name), forRootAsync(`${place.name}-other`)]],
    ['one in a feature module', () => [forRoot(place.name), within(forRootAsync(`${place.name}-other`))]],
  ];

  it.each(TWO)('rejects two registrations before it opens the engine: %s', async (_, registrations) => {
    const accounts = simulator.accounts();
    const messaging = ButtonMessagingModule.forRoot({ logger: false, accounts, defaultAccount: 'z-api' });
    const start = Test.createTestingModule({ imports: [messaging, ...registrations()] }).compile();
    await expect(start).rejects.toBeInstanceOf(ConfigurationError);
    await expect(start).rejects.toThrow('ButtonMessagingQueueModule is registered more than once');
    // The directory of an embedded engine would still be locked if it had been opened.
    const app = await QueueApp.start(simulator, { engine: place.engine, name: place.name });
    await app.close();
  });

  it('accepts the same registration imported twice', async () => {
    const registration = forRoot(place.name);
    const accounts = simulator.accounts();
    const messaging = ButtonMessagingModule.forRoot({ logger: false, accounts, defaultAccount: 'z-api' });
    const imports = [messaging, registration, within(registration)];
    const module = await (await Test.createTestingModule({ imports }).compile()).init();
    const { id } = await module.get(ButtonMessagingQueue).enqueue(message());
    await until(async () => (await module.get(ButtonMessagingQueue).find(id))?.state === 'sent');
    await module.close();
  });
});

describe('ButtonMessagingQueueModule options', () => {
  const apps: TestingModule[] = [];
  afterEach(async () => void (await Promise.all(apps.splice(0).map((app) => app.close()))));

  const engine = { kind: 'embedded' };
  const FAULTS: [path: string, options: object][] = [
    ['engine', { engine: 'redis' }],
    ['engine', { engine: null }],
    ['engine', { engine: { kind: 'kafka' } }],
    ['engine', { engine: { kind: 'redis' } }],
    ['engine', { engine: { kind: 'redis', connection: 6379 } }],
    ['engine', { engine: { kind: 'postgres' } }],
    ['engine', { engine: { kind: 'postgres', connectionString: '' } }],
    ['engine', { engine: { kind: 'embedded', directory: 1 } }],
    ['name', { engine, name: '' }],
    ['name', { engine, name: 'a:b' }],
    ['name', { engine, name: 'x'.repeat(51) }],
    ['name', { engine, name: 7 }],
    ['name', { engine, name: 'orders-held' }],
    ['name', { engine, name: 'orders-paused' }],
    ['worker', { engine, worker: 'no' }],
    ['concurrency', { engine, concurrency: 0 }],
    ['concurrency', { engine, concurrency: 1.5 }],
    ['concurrency', { engine, concurrency: 1_001 }],
    ['concurrency', { engine, concurrency: '16' }],
    ['attempts', { engine, attempts: 0 }],
    ['attempts', { engine, attempts: Number.NaN }],
    ['onUnknownOutcome', { engine, onUnknownOutcome: 'drop' }],
    ['enqueueTimeoutMs', { engine, enqueueTimeoutMs: 0 }],
    ['enqueueTimeoutMs', { engine, enqueueTimeoutMs: 2 ** 31 }],
    ['keepMs', { engine, keepMs: -1 }],
    ['keepMs', { engine, keepMs: '1d' }],
    ['keepFailedMs', { engine, keepFailedMs: -1 }],
    ['keepFailedMs', { engine, keepFailedMs: '30d' }],
    ['closeTimeoutMs', { engine, closeTimeoutMs: -1 }],
    ['closeTimeoutMs', { engine, closeTimeoutMs: null }],
  ];
  const faultsOf = async (options: object) => {
    try {
      apps.push(await start(simulator, ButtonMessagingQueueModule.forRoot(options)));
    } catch (error) {
      if (error instanceof ConfigurationError) return error.issues;
      throw error;
    }
    throw new Error('It was taken for right');
  };

  it.each(FAULTS)('reports the path %s of the invalid options %j', async (path, options) => {
    const issues = await faultsOf(options);
    expect(issues.map((issue) => issue.path)).toEqual([path]);
    expect(issues[0]?.message).toContain(`the queue's ${path} must`);
  });

  it('names an unknown option, and the one that was meant', async () => {
    const issues = await faultsOf({ concurency: 2 });
    expect(issues.map((issue) => issue.path)).toEqual(['concurency']);
    expect(issues[0]?.message).toBe(`Unknown option: the queue's concurency (did you mean "concurrency"?)`);
  });

  it('reports all invalid options together', async () => {
    const issues = await faultsOf({ engine: {}, name: '', worker: 1, concurrency: 0, attempts: 0, keepMs: -1 });
    const paths = ['engine', 'name', 'worker', 'concurrency', 'attempts', 'keepMs'];
    expect(issues.map((issue) => issue.path)).toEqual(paths);
  });
});
