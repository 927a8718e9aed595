import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HttpModule, HttpService } from '@nestjs/axios';
import { type DynamicModule, Inject, Injectable, Module, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  ButtonMessagingConfig,
  ButtonMessagingHttp,
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  type ButtonMessagingOptions,
  ButtonMessagingService,
  ConfigurationError,
  IdempotencyStore,
  MemoryIdempotencyStore,
  ZApiService,
} from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { withChange } from '../../support/provider-messages.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { FAULTS, GONE, GOOD, Row, URL } from './configuration.table.js';

const NAMES = /^(Z_API|CHATVOLT|WHATSAPP|BUTTON_MESSAGING)_/;
const Z = { Z_API_INSTANCE_ID: 'I', Z_API_TOKEN: 'T' };
const W = { WHATSAPP_PHONE_NUMBER_ID: 'P', WHATSAPP_ACCESS_TOKEN: 'A' };

describe('ButtonMessagingModule', () => {
  let app: TestApp | undefined;
  const before = { ...process.env };
  const set = (env: Record<string, string>) => {
    for (const name of Object.keys(process.env)) if (NAMES.test(name)) delete process.env[name];
    Object.assign(process.env, env);
  };
  beforeEach(() => set({}));
  afterEach(async () => {
    await app?.close();
    app = undefined;
    set(Object.fromEntries(Object.entries(before).filter(([name]) => NAMES.test(name))) as Record<string, string>);
  });
  const issues = async (options: unknown, register?: (typeof REGISTRATIONS)[number][1]) => {
    const error = await errorOf(
      (async () =>
        openAppWithoutRetries(untyped<ButtonMessagingModuleOptions>(options), register ? { register } : {}))(),
    );
    if (!(error instanceof ConfigurationError)) throw error;
    return error.issues;
  };
  const paths = async (options: unknown, register?: (typeof REGISTRATIONS)[number][1]) =>
    [...new Set((await issues(options, register)).map(({ path }) => path))].sort();
  const configOf = ({ app: module }: TestApp) => module.get(ButtonMessagingConfig, { strict: false });

  it('reads the business account of the Cloud API from the environment', async () => {
    set({ ...W, WHATSAPP_BUSINESS_ACCOUNT_ID: '102290129340398' });
    app = await openAppWithoutRetries({});
    expect(configOf(app).accounts).toMatchObject([
      { provider: 'whatsapp-cloud', businessAccountId: '102290129340398' },
    ]);
  });

  it.each(FAULTS)('reports an issue for %j', async (change, expected) => {
    expect(await paths(withChange(GOOD, change))).toEqual(expected);
  });

  it.each([
    'https://gate.example.com',
    'https://gate.example.com/v2',
    'http://localhost:1',
    'http://127.0.0.1:1',
    'http://[::1]:1',
  ])('accepts %s as a base URL', async (baseUrl) => {
    app = await openAppWithoutRetries({
      accounts: [zApiAccount(baseUrl), chatvoltAccount(baseUrl), cloudAccount(baseUrl)],
    });
    expect(configOf(app).accounts.map(({ name }) => name)).toEqual(['zap', 'volt', 'meta']);
  });

  describe.each(REGISTRATIONS)('registered by %s', (_name, register) => {
    it('reports every issue at once', async () => {
      const [change, expected] = FAULTS.at(-1) as Row;
      expect(await paths(withChange(GOOD, change), register)).toEqual(expected);
      const [issue] = await issues(withChange(GOOD, { 'accounts[0].token': GONE }), register);
      expect(issue).toEqual({
        path: 'accounts[0].token',
        rule: expect.stringMatching(/./),
        message: expect.stringContaining('accounts[0].token'),
      });
    });

    it('returns the accounts by name, frozen', async () => {
      const options = structuredClone(GOOD);
      app = await openAppWithoutRetries(options, { register });
      const config = configOf(app);
      expect(config.accounts).toMatchObject([
        { name: 'zap', instanceId: 'INSTANCE' },
        { name: 'volt', agentId: 'agent-123' },
        { name: 'meta', phoneNumberId: '1055' },
      ]);
      expect(await config.account('zap')).toBe(config.accounts[0]);
      expect(await config.account()).toBe(config.accounts[2]);
      expect([Object.isFrozen(config.accounts), ...config.accounts.map((account) => Object.isFrozen(account))]).toEqual(
        [true, true, true, true],
      );
      expect(options).toEqual(GOOD);
    });

    it('reads the environment when no accounts are given', async () => {
      set({
        ...Z,
        ...W,
        CHATVOLT_API_KEY: 'K',
        CHATVOLT_AGENT_ID: 'G',
        CHATVOLT_CHANNEL: 'zapi',
        BUTTON_MESSAGING_DEFAULT_ACCOUNT: 'chatvolt',
        Z_API_BASE_URL: 'https://z.example.com',
      });
      app = await openAppWithoutRetries({}, { register });
      const config = configOf(app);
      expect(config.accounts.map(({ name, provider }) => [name, provider])).toEqual([
        ['z-api', 'z-api'],
        ['chatvolt', 'chatvolt'],
        ['whatsapp-cloud', 'whatsapp-cloud'],
      ]);
      expect(await config.account()).toMatchObject({ name: 'chatvolt', agentId: 'G', channel: 'zapi' });
      expect(await config.account('z-api')).toMatchObject({ instanceId: 'I' });
    });

    it('ignores the environment when accounts are given', async () => {
      set({ ...W, BUTTON_MESSAGING_DEFAULT_ACCOUNT: 'whatsapp-cloud' });
      app = await openAppWithoutRetries({ accounts: [zApiAccount(URL)] }, { register });
      expect(configOf(app).accounts.map(({ name }) => name)).toEqual(['zap']);
    });

    it.each<[Record<string, string>, string[]]>([
      [{ Z_API_INSTANCE_ID: 'canary' }, ['Z_API_TOKEN']],
      [{ Z_API_TOKEN: 'canary', ...W }, ['Z_API_INSTANCE_ID']],
      [{ WHATSAPP_PHONE_NUMBER_ID: 'canary' }, ['WHATSAPP_ACCESS_TOKEN']],
      [{ WHATSAPP_ACCESS_TOKEN: 'canary', ...Z }, ['WHATSAPP_PHONE_NUMBER_ID']],
      [
        {},
        ['Z_API_INSTANCE_ID', 'Z_API_TOKEN', 'CHATVOLT_API_KEY', 'WHATSAPP_PHONE_NUMBER_ID', 'WHATSAPP_ACCESS_TOKEN'],
      ],
    ])('lists for the environment %j the missing variables %j', async (env, names) => {
      set(env);
      const text = JSON.stringify(await issues({}, register));
      for (const name of names) expect(text).toContain(name);
      expect(text).not.toContain('canary');
    });

    it('is visible in other modules only with isGlobal: true', async () => {
      @Injectable()
      class Sender {
        constructor(@Inject(ButtonMessagingService) readonly messaging: ButtonMessagingService) {}
      }
      @Module({ providers: [Sender] })
      class Elsewhere {}
      app = await openAppWithoutRetries({ ...GOOD, isGlobal: true }, { register, imports: [Elsewhere] });
      expect(app.app.get(Sender, { strict: false }).messaging).toBe(app.messaging);
      await expect(openAppWithoutRetries(GOOD, { register, imports: [Elsewhere] })).rejects.toThrow(
        /Nest can't resolve dependencies/,
      );
    });

    it('accepts extraProviders that replace its own', async () => {
      class Mine extends MemoryIdempotencyStore {}
      app = await openAppWithoutRetries(
        { ...GOOD, extraProviders: [{ provide: IdempotencyStore, useClass: Mine }] },
        { register },
      );
      expect(app.app.get(IdempotencyStore, { strict: false })).toBeInstanceOf(Mine);
    });

    it('has its own HttpService and leaves the application’s unchanged', async () => {
      @Injectable()
      class Caller {
        constructor(
          @Inject(HttpService) readonly own: HttpService,
          @Inject(ZApiService) readonly zApi: ZApiService,
          @Inject(ButtonMessagingHttp) readonly http: ButtonMessagingHttp,
        ) {}
      }
      const server = await FakeProvider.start();
      const registration = register({ accounts: [zApiAccount(server.url)], logger: false, isGlobal: true });
      @Module({ imports: [HttpModule.register({ headers: { 'X-User': 'yes' } }), registration], providers: [Caller] })
      class UserModule {}
      app = untyped<TestApp>(await Test.createTestingModule({ imports: [UserModule] }).compile());
      const caller = untyped<{ get(type: typeof Caller, options: object): Caller }>(app).get(Caller, { strict: false });
      expect(caller.own).not.toBe(caller.http);
      expect(caller.own.axiosRef.defaults.headers).toMatchObject({ 'X-User': 'yes' });
      let seen = 0;
      caller.http.axiosRef.interceptors.request.use((config) => {
        config.headers.set('X-Trace', 'abc');
        return config;
      });
      caller.http.axiosRef.interceptors.response.use((response) => {
        seen = response.status;
        return response;
      });
      await caller.zApi.sendText({ phone: '5511999999999', message: 'Hi' } as never);
      expect(server.requests[0]?.headers).toMatchObject({ 'x-trace': 'abc' });
      expect(server.requests[0]?.headers).not.toHaveProperty('x-user');
      expect(seen).toBe(200);
      await caller.own.axiosRef.get(server.url);
      expect(server.requests[1]?.headers).not.toHaveProperty('x-trace');
      await server.close();
    });

    it('rejects a second registration in one application', async () => {
      const second = openAppWithoutRetries(GOOD, {
        register,
        imports: [ButtonMessagingModule.forRoot({ accounts: [cloudAccount(URL)] })],
      });
      expect(await errorOf(second)).toBeInstanceOf(ConfigurationError);
      const other = await openAppWithoutRetries(GOOD, { register });
      app = await openAppWithoutRetries(GOOD, { register });
      expect(configOf(other)).not.toBe(configOf(app));
      await other.close();
    });
  });

  describe('imported without forRoot() or forRootAsync()', () => {
    const start = (...imports: (DynamicModule | Type)[]) => errorOf(Test.createTestingModule({ imports }).compile());

    it('rejects the import with a message that names forRoot() and forRootAsync()', async () => {
      expect(await start(ButtonMessagingModule)).toMatchObject({
        name: 'ConfigurationError',
        message: expect.stringMatching(/ButtonMessagingModule must be imported with forRoot\(\) or forRootAsync\(\)/),
        issues: [{ path: '', rule: 'registered' }],
      });
    });

    it.each(REGISTRATIONS)('rejects the import when the module is also registered by %s', async (_name, register) => {
      @Module({ imports: [ButtonMessagingModule] })
      class Feature {}

      for (const imports of [
        [register(GOOD), Feature],
        [Feature, register(GOOD)],
      ]) {
        expect(await start(...imports)).toMatchObject({ issues: [{ rule: 'registered' }] });
      }
    });
  });

  it.each([{ isGlobal: true }, { webhooks: {} }, { extraProviders: [] }])(
    'rejects %j from useFactory',
    async (extra) => {
      const options = async () => untyped<ButtonMessagingOptions>({ ...GOOD, ...extra });
      expect(await paths({}, () => ButtonMessagingModule.forRootAsync({ useFactory: options }))).toEqual(
        Object.keys(extra),
      );
    },
  );

  it.each([5, 'x', []])('rejects the result %j of useFactory', async (result) => {
    set(Z);
    const useFactory = () => untyped<ButtonMessagingOptions>(result);
    expect(
      await errorOf(openAppWithoutRetries({}, { register: () => ButtonMessagingModule.forRootAsync({ useFactory }) })),
    ).toBeInstanceOf(ConfigurationError);
  });

  it('passes the injected providers to useFactory', async () => {
    @Module({ providers: [{ provide: 'TOKEN', useValue: 'injected' }], exports: ['TOKEN'] })
    class Secrets {}
    const register = () =>
      ButtonMessagingModule.forRootAsync({
        imports: [Secrets],
        inject: ['TOKEN'],
        useFactory: (...[token]: unknown[]) => ({
          accounts: [zApiAccount(URL, { token: String(token) })],
          logger: false,
        }),
      });
    app = await openAppWithoutRetries({}, { register });
    const account = untyped<{ token: { reveal(): string } }>(await configOf(app).account());
    expect(account.token.reveal()).toBe('injected');
  });
});
