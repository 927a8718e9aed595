import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ConsoleLogger, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ButtonMessagingConfig,
  ButtonMessagingError,
  ButtonMessagingHttp,
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  ConfigurationError,
  Secret,
} from '../../../lib/index.js';
import { chatvoltAccount, zApiAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { outputOf, RecordingLogger, renderings } from '../../support/recording-logger.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { SENDS } from '../../support/responses.js';
import { closedPort, TcpServer } from '../../support/tcp-server.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { accounts, and, CANARY, echo, expectClean, FAILURES, LAST, PROVIDERS } from './secrets.table.js';

describe('Secrets', () => {
  let server: FakeProvider;
  let app: TestApp | undefined;
  let logger: RecordingLogger;
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  beforeEach(() => {
    server.reset();
    logger = new RecordingLogger();
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
    expectClean(logger.lines.join('\n'));
  });
  afterAll(() => server.close());

  async function start(options: ButtonMessagingModuleOptions = {}, baseUrl = server.url): Promise<TestApp> {
    app = await openAppWithoutRetries({
      accounts: accounts(baseUrl),
      defaultAccount: 'zap',
      logger,
      http: { timeoutMs: 150 },
      ...options,
    });
    return app;
  }

  async function failures(started: TestApp): Promise<ButtonMessagingError[]> {
    const sends = PROVIDERS.map((provider) => errorOf(SENDS[provider](started)));
    return Promise.all([...sends, errorOf(SENDS['z-api'](started, { account: 'omni' }))]);
  }

  it.each(FAILURES)('stay out of errors when a message is %s', async (what, reply) => {
    const started = await start();
    server.always(reply);
    const errors = what === LAST ? [await errorOf(SENDS['z-api'](started))] : await failures(started);
    for (const error of errors) {
      expect(error).toBeInstanceOf(ButtonMessagingError);
      expectClean(renderings(error));
    }
  });

  it.each(['z-api', 'chatvolt', 'whatsapp-cloud'] as const)(
    'are redacted from a provider text without the text around them (%s)',
    async (provider) => {
      const started = await start();
      const own = { 'z-api': CANARY.token, chatvolt: CANARY.apiKey, 'whatsapp-cloud': CANARY.accessToken }[provider];
      server.always({
        status: 400,
        body: { error: provider === 'z-api' ? `Bad ${own} given` : { message: `Bad ${own} given`, code: 100 } },
      });
      const error = await errorOf(SENDS[provider](started));
      expect(error.providerMessage).toMatch(/Bad .* given/);
      expectClean(renderings(error));
    },
  );

  it('stay out of errors when no connection is made', async () => {
    for (const baseUrl of [
      `http://${await closedPort()}`,
      'https://nobody.invalid',
      server.url.replace('http:', 'https:'),
    ]) {
      const started = await start({}, baseUrl);
      for (const error of await failures(started)) expectClean(renderings(error));
      await started.close();
    }
    app = undefined;
  });

  it.each(['refuses', 'hangs up', 'is not there'])('stay out of errors when the proxy %s', async (how) => {
    const tcp = await TcpServer.start((socket) =>
      socket.once('data', () =>
        how === 'refuses'
          ? socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n')
          : socket.destroy(),
      ),
    );
    const host = how === 'is not there' ? await closedPort() : tcp.host;
    const proxy = `http://user:${CANARY.proxy}@${host}`;
    const started = await start({ http: { proxy, timeoutMs: 500 } }, 'https://nobody.invalid');
    for (const error of await failures(started)) {
      expect(error).toBeInstanceOf(ButtonMessagingError);
      expectClean(renderings(error));
    }
    await started.close();
    app = undefined;
    await tcp.close();
  });

  it.each(['request', 'response'] as const)('stay out of errors when a %s interceptor throws', async (side) => {
    const started = await start();
    const { interceptors } = started.app.get(ButtonMessagingHttp, { strict: false }).axiosRef;
    const fail = (value: unknown): never => {
      throw Object.assign(
        new Error(`Saw ${JSON.stringify(value, (key, inner) => (key === 'request' ? undefined : inner))}`),
        { value },
      );
    };
    if (side === 'request') interceptors.request.use(fail);
    else interceptors.response.use(fail);
    server.always(echo(400, (secrets) => ({ error: and(secrets) })));
    for (const error of await failures(started)) {
      expect(error).toBeInstanceOf(ButtonMessagingError);
      if (side === 'request') expect([error.outcome, server.requests.length]).toEqual(['not-sent', 0]);
      expectClean(renderings(error));
    }
  });

  it.each(REGISTRATIONS)('stay out of the rendered configuration, registered by %s', async (_name, register) => {
    app = await openAppWithoutRetries({ accounts: accounts(server.url), logger }, { register });
    const config = app.app.get(ButtonMessagingConfig, { strict: false });
    expectClean(renderings(config));
    for (const account of config.accounts) expectClean(`${renderings(account)} ${Object.values(account).join(' ')}`);
    expectClean(renderings(await config.account('meta')));
    const { token } = untyped<{ token: Secret }>(await config.account('zap'));
    expect(token).toBeInstanceOf(Secret);
    expect(token.reveal()).toBe(CANARY.token);
    expect([`${token}`, JSON.stringify({ token }), renderings(token).includes('[secret]')]).toEqual([
      '[secret]',
      '{"token":"[secret]"}',
      true,
    ]);
  });

  it('stay out of the rendered configuration when they belong to a proxy', async () => {
    const started = await start({ http: { proxy: `http://user:${CANARY.proxy}@127.0.0.1:1` } });
    expectClean(renderings(started.app.get(ButtonMessagingConfig, { strict: false })));
  });

  it('stay out of a ConfigurationError, with every other value', async () => {
    const faulty = {
      accounts: [
        {
          ...zApiAccount('http://canaryHost.example.com'),
          token: '..',
          clientToken: { deep: 'canaryDeep' },
          extra: 'canaryExtra',
        },
        { ...chatvoltAccount('canaryBase'), apiKey: ['canaryList'], name: 'zap' },
        { provider: 'canaryProvider', name: 'canaryName' },
      ],
      defaultAccount: 'canaryDefault',
      http: { proxy: `nonsense:canaryProxy`, timeoutMs: 'canaryTime' },
      logger,
    };
    const error = await errorOf(openAppWithoutRetries(untyped<ButtonMessagingModuleOptions>(faulty)));
    expect(error).toBeInstanceOf(ConfigurationError);
    expect((error as ConfigurationError).issues.length).toBeGreaterThan(6);
    expect(renderings(error)).not.toMatch(/canary/i);
  });

  it('stay out of the log, with phone numbers', async () => {
    const started = await start({ retry: { attempts: 2, baseDelayMs: 1, maxDelayMs: 5 }, breaker: { failures: 2 } });
    server.next({ status: 429 }, {}, { status: 503, headers: { 'Retry-After': '0' } }).always(echo(500, and));
    const to = '5511987654321';
    const buttons = [{ type: 'reply' as const, id: 'a', title: 'A' }];
    for (const account of ['zap', 'zap', 'meta', 'omni']) {
      await started.messaging.send({ to, text: 'Hello', buttons }, { account }).catch(() => undefined);
      await started.zApi.sendText({ phone: to, message: 'Hi' } as never).catch(() => undefined);
    }
    expect(logger.lines.join('\n')).not.toMatch(/5511987654321|11987654321|987654321/);
  });

  it.each([
    ['a rejection', { status: 400, body: { error: 'The message "Your biopsy" to Maria is barred' } }],
    ['a retryable rejection', { status: 429, body: { error: 'The message "Your biopsy" is too much' } }],
    ['an unreadable response', { status: 200, body: 'Your biopsy, Maria' }],
  ])('stay out of the log, with provider texts: %s', async (_, reply) => {
    const started = await start({ retry: { attempts: 2, baseDelayMs: 1 } });
    server.always(reply);
    const message = { to: '5511987654321', text: 'Hello', buttons: [{ type: 'reply' as const, id: 'a', title: 'A' }] };
    const error = await errorOf(started.messaging.send(message));
    expect(error).toMatchObject({ providerMessage: expect.stringContaining('biopsy') });
    const log = logger.lines.join('\n');
    expect(log).toContain(`status ${reply.status}`);
    expect(log).not.toMatch(/biopsy|Maria/);
  });

  it('stay out of the output of Nest’s ConsoleLogger', async () => {
    @Module({
      imports: [
        ButtonMessagingModule.forRoot({
          accounts: accounts(server.url),
          retry: { attempts: 2, baseDelayMs: 1 },
          http: { timeoutMs: 150 },
        }),
      ],
    })
    class App {}
    const output = await outputOf(async () => {
      const context = await NestFactory.createApplicationContext(App, {
        logger: new ConsoleLogger({ logLevels: ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'] }),
      });
      for (const [, reply] of FAILURES.filter(([what]) => !what.includes('escaped'))) {
        server.always(reply);
        const { zApi, chatvolt, cloud, messaging } = await servicesOf(context);
        const started = { zApi, chatvolt, cloud, messaging } as TestApp;
        for (const provider of PROVIDERS) {
          await SENDS[provider](started, {
            account: { 'z-api': 'zap', chatvolt: 'volt', 'whatsapp-cloud': 'meta' }[provider],
            deadlineMs: 500,
          }).catch(() => undefined);
        }
      }
      await context.close();
    });
    expect(output).toContain('ButtonMessagingModule');
    expectClean(output);
  });
});

async function servicesOf(context: Awaited<ReturnType<typeof NestFactory.createApplicationContext>>) {
  const { ZApiService, ChatvoltService, WhatsAppCloudService, ButtonMessagingService } = await import(
    '../../../lib/index.js'
  );
  const get = <T>(type: new (...given: never[]) => T): T => context.get(type as never, { strict: false });
  return {
    zApi: get(ZApiService),
    chatvolt: get(ChatvoltService),
    cloud: get(WhatsAppCloudService),
    messaging: get(ButtonMessagingService),
  };
}
