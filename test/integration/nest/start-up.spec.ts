import 'reflect-metadata';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type INestApplicationContext, Logger, Module } from '@nestjs/common';
import { LazyModuleLoader, NestFactory, repl } from '@nestjs/core';
import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { ExpressAdapter } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { ButtonMessagingEvents, ButtonMessagingModule, ButtonMessagingWebhooks } from '../../../lib/index.js';
import { outputOf, RecordingLogger } from '../../support/recording-logger.js';
import { REGISTRATIONS, type Registration } from '../../support/registrations.js';
import { until } from '../../support/time.js';
import { PLATFORMS } from '../../support/webhook-app.js';
import { post } from '../../support/webhook-client.js';
import { callback, webhookAccounts } from '../../support/webhook-requests.js';
import { zText } from '../webhooks/fixtures.js';

jest.setTimeout(60_000);

const QUIET = { logger: false as const };
const NOT_MOUNTED = 'This application has no HTTP server, so its webhooks are not mounted.';

type Start = (AppModule: new () => unknown) => Promise<INestApplicationContext>;

const microservice: MicroserviceOptions = { transport: Transport.TCP, options: { host: '127.0.0.1', port: 0 } };

const WITHOUT_HTTP: [kind: string, start: Start][] = [
  ['an application context', (AppModule) => NestFactory.createApplicationContext(AppModule, QUIET)],
  [
    'a microservice',
    async (AppModule) => {
      const app = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule, { ...microservice, ...QUIET });
      await app.listen();
      return app;
    },
  ],
  [
    'a testing module',
    async (AppModule) => (await Test.createTestingModule({ imports: [AppModule] }).compile()).init(),
  ],
];

const WITH_HTTP: [
  kind: string,
  start: (...given: [...Parameters<Start>, adapter: () => ExpressAdapter]) => Promise<{
    app: INestApplicationContext;
    url?: string;
  }>,
][] = [
  [
    'a web application',
    async (AppModule, adapter) => {
      const app = await NestFactory.create(AppModule, adapter(), QUIET);
      await app.listen(0, '127.0.0.1');
      return { app, url: await app.getUrl() };
    },
  ],
  [
    'a hybrid application',
    async (AppModule, adapter) => {
      const app = await NestFactory.create(AppModule, adapter(), QUIET);
      app.connectMicroservice(microservice, { inheritAppConfig: true });
      await app.startAllMicroservices();
      await app.listen(0, '127.0.0.1');
      return { app, url: await app.getUrl() };
    },
  ],
  [
    'an application that never listens',
    async (AppModule, adapter) => ({ app: await (await NestFactory.create(AppModule, adapter(), QUIET)).init() }),
  ],
];

describe.each(REGISTRATIONS)('Webhooks with %s', (_way, register) => {
  let app: INestApplicationContext | undefined;
  let logger: RecordingLogger;
  afterEach(() => app?.close());

  const appModule = (registration = register): (new () => unknown) => {
    logger = new RecordingLogger();
    @Module({ imports: [registration({ accounts: webhookAccounts(), webhooks: {}, logger })] })
    class AppModule {}
    return AppModule;
  };

  async function expectToHear(started: INestApplicationContext): Promise<void> {
    const heard: unknown[] = [];
    started.get(ButtonMessagingEvents, { strict: false }).events$.subscribe((event) => heard.push(event));
    const webhooks = started.get(ButtonMessagingWebhooks, { strict: false });
    expect(await webhooks.handle('z-api', 'z', callback('z', zText('hello')))).toEqual({ status: 200 });
    await until(() => heard.length === 1);
  }

  it.each(WITHOUT_HTTP)('are not mounted in %s, which logs it at debug', async (_kind, start) => {
    app = await start(appModule());
    // An error in the search for the adapter is reported by a timer set before this one.
    await new Promise((turn) => setTimeout(turn));
    await expectToHear(app);
    expect(logger.lines.filter((line) => line === NOT_MOUNTED)).toHaveLength(1);
  });

  describe.each(PLATFORMS)('on %s', (_platform, adapter) => {
    it.each(WITH_HTTP)('are mounted in %s', async (_kind, start) => {
      const started = await start(appModule(), adapter as () => ExpressAdapter);
      app = started.app;
      await expectToHear(app);
      const { url } = started;
      if (url !== undefined) {
        const request = callback('z', zText('by HTTP', { messageId: 'HTTP' }));
        expect((await post(`${url}/webhooks/z-api/z`, request)).status).toBe(200);
      }
      expect(logger.lines).not.toContain(NOT_MOUNTED);
    });
  });
});

describe("Nest's own logger", () => {
  const debugLines = async (logger: false | RecordingLogger | ['error']) => {
    @Module({ imports: [ButtonMessagingModule.forRoot({ accounts: webhookAccounts(), webhooks: {} })] })
    class AppModule {}
    const printed = await outputOf(async () => {
      const app = await NestFactory.createApplicationContext(AppModule, { logger });
      await app.close();
    });
    const lines = logger instanceof RecordingLogger ? logger.lines : [];
    return [printed, ...lines].filter((text) => text.includes(NOT_MOUNTED)).length;
  };
  afterEach(() => Logger.overrideLogger(['fatal']));

  it('logs at debug that webhooks are not mounted by default', async () => {
    expect(await debugLines(new RecordingLogger())).toBe(1);
  });

  it('logs nothing if it is off or limited to errors', async () => {
    expect(await debugLines(false)).toBe(0);
    expect(await debugLines(['error'])).toBe(0);
  });
});

describe('Lazily loaded ButtonMessagingModule', () => {
  const register = (logger: RecordingLogger): ReturnType<Registration[1]> =>
    ButtonMessagingModule.forRoot({ accounts: webhookAccounts(), webhooks: {}, logger });

  it.each(PLATFORMS)('logs on %s that it is too late to mount its webhooks', async (_platform, adapter) => {
    @Module({})
    class AppModule {}

    const logger = new RecordingLogger();
    const app = await NestFactory.create(AppModule, adapter() as ExpressAdapter, QUIET);
    await app.listen(0, '127.0.0.1');
    const loaded = await app.get(LazyModuleLoader).load(() => register(logger));
    const webhooks = loaded.get(ButtonMessagingWebhooks, { strict: false });
    expect(await webhooks.handle('z-api', 'z', callback('z', zText('hello')))).toEqual({ status: 200 });
    expect(logger.lines).toEqual([expect.stringMatching(/not mounted.*lazily loaded/)]);
    await app.close();
  });

  it('starts in an application context', async () => {
    @Module({})
    class AppModule {}

    const app = await NestFactory.createApplicationContext(AppModule, QUIET);
    const loaded = await app.get(LazyModuleLoader).load(() => register(new RecordingLogger()));
    expect(loaded.get(ButtonMessagingWebhooks, { strict: false })).toBeInstanceOf(ButtonMessagingWebhooks);
    await app.close();
  });
});

describe('REPL of an application', () => {
  it('starts and logs that webhooks are not mounted', async () => {
    const logger = new RecordingLogger();
    @Module({ imports: [ButtonMessagingModule.forRoot({ accounts: webhookAccounts(), webhooks: {}, logger })] })
    class AppModule {}

    const server = await repl(AppModule);
    expect(logger.lines).toContain(NOT_MOUNTED);
    server.close();
  });
});
