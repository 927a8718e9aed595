import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type DynamicModule, Injectable, Module, type Provider, Scope } from '@nestjs/common';
import { LazyModuleLoader, NestFactory, REQUEST } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { ButtonMessagingHealthModule } from '../../../lib/health/index.js';
import {
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  type ButtonMessagingOptions,
  ButtonMessagingService,
  ConfigurationError,
  MemoryPacingStore,
  PacingStore,
} from '../../../lib/index.js';
import { ButtonMessagingQueueModule } from '../../../lib/queue/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { REGISTRATIONS } from '../../support/registrations.js';

jest.setTimeout(60_000);

const OPTIONS = { accounts: [zApiAccount('http://127.0.0.1:9')], logger: false };
const INTERNAL = /Dto\b|MessageSender|MODULE_OPTIONS|Nest can't resolve|Symbol\(/;

async function startOf(...imports: (DynamicModule | Provider | (new () => unknown))[]): Promise<void> {
  const module = await Test.createTestingModule({ imports: imports as DynamicModule[] }).compile();
  await module.init().finally(() => module.close());
}

/** Returns the configuration error with which these modules fail to start. */
async function faultsOf(...imports: Parameters<typeof startOf>): Promise<ConfigurationError> {
  const error = await errorOf(startOf(...imports));
  expect(error).toBeInstanceOf(ConfigurationError);
  expect(error.message).not.toMatch(INTERNAL);
  return untyped<ConfigurationError>(error);
}

async function faultOf(...imports: Parameters<typeof startOf>) {
  const { issues } = await faultsOf(...imports);
  expect(issues).toHaveLength(1);
  return issues[0];
}

describe('Request-scoped options', () => {
  @Injectable({ scope: Scope.REQUEST })
  class TenantContext {}

  @Injectable()
  class TenantAccounts {
    constructor(readonly context: TenantContext) {}
  }

  @Injectable({ scope: Scope.REQUEST, durable: true })
  class DurableTenant {}

  @Injectable({ scope: Scope.REQUEST })
  class RequestScopedFactory {
    createButtonMessagingOptions = () => OPTIONS;
  }

  @Injectable()
  class FactoryOfTenants {
    constructor(readonly accounts: TenantAccounts) {}
    createButtonMessagingOptions = () => OPTIONS;
  }

  const parts = [TenantContext, TenantAccounts, DurableTenant, RequestScopedFactory, FactoryOfTenants];
  @Module({ providers: parts, exports: parts })
  class TenantsModule {}

  const imports = [TenantsModule];
  const useFactory = () => OPTIONS;

  it.each<[name: string, registration: () => DynamicModule, path: string, named: string]>([
    ['from REQUEST', () => ButtonMessagingModule.forRootAsync({ inject: [REQUEST], useFactory }), 'inject', 'REQUEST'],
    [
      'from a request-scoped service',
      () => ButtonMessagingModule.forRootAsync({ imports, inject: [TenantContext], useFactory }),
      'inject',
      'TenantContext',
    ],
    [
      'from a service with a request-scoped dependency',
      () => ButtonMessagingModule.forRootAsync({ imports, inject: [TenantAccounts], useFactory }),
      'inject',
      'TenantContext',
    ],
    [
      'from an optional service',
      () =>
        ButtonMessagingModule.forRootAsync({ imports, inject: [{ token: TenantContext, optional: true }], useFactory }),
      'inject',
      'TenantContext',
    ],
    [
      'from a durable service',
      () => ButtonMessagingModule.forRootAsync({ imports, inject: [DurableTenant], useFactory }),
      'inject',
      'DurableTenant',
    ],
    [
      'by useClass',
      () => ButtonMessagingModule.forRootAsync({ useClass: RequestScopedFactory }),
      'useClass',
      'RequestScopedFactory',
    ],
    [
      'by useExisting',
      () => ButtonMessagingModule.forRootAsync({ imports, useExisting: FactoryOfTenants }),
      'useExisting',
      'TenantContext',
    ],
  ])('are rejected at startup if created %s', async (_name, registration, path, named) => {
    const fault = await faultOf(registration());
    expect(fault).toMatchObject({ path, rule: 'isNotRequestScoped' });
    expect(fault?.message).toContain(named);
    expect(fault?.message).toContain('resolveAccount');
  });

  it('are rejected in an application context', async () => {
    const registration = ButtonMessagingModule.forRootAsync({ inject: [REQUEST], useFactory });
    const start = NestFactory.createApplicationContext(registration, { logger: false, abortOnError: false });
    expect(await errorOf(start)).toBeInstanceOf(ConfigurationError);
  });

  it('are rejected if a custom store is request-scoped', async () => {
    const store = { provide: PacingStore, scope: Scope.REQUEST, useFactory: () => new MemoryPacingStore() };
    const fault = await faultOf(ButtonMessagingModule.forRoot({ ...OPTIONS, extraProviders: [store] }));
    expect(fault).toMatchObject({ path: 'extraProviders', message: expect.stringContaining('PacingStore') });
  });

  it('are not reported if only another provider is request-scoped', async () => {
    await startOf(ButtonMessagingModule.forRoot({ ...OPTIONS, extraProviders: [TenantContext] }));
  });

  it('are not reported if their dependency is transient', async () => {
    @Injectable({ scope: Scope.TRANSIENT })
    class Reader {}
    @Module({ providers: [Reader], exports: [Reader] })
    class ReaderModule {}

    await startOf(ButtonMessagingModule.forRootAsync({ imports: [ReaderModule], inject: [Reader], useFactory }));
  });
});

describe('ButtonMessagingModule registration', () => {
  const NAMES = /^(Z_API|CHATVOLT|WHATSAPP|BUTTON_MESSAGING)_/;
  let before: NodeJS.ProcessEnv;
  beforeEach(() => {
    before = { ...process.env };
    for (const name of Object.keys(process.env)) if (NAMES.test(name)) delete process.env[name];
    Object.assign(process.env, { Z_API_INSTANCE_ID: 'I', Z_API_TOKEN: 'T' });
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (NAMES.test(name)) delete process.env[name];
    Object.assign(process.env, before);
  });

  const RESULTS: [what: string, result: unknown][] = [
    ['undefined', undefined],
    ['null', null],
    ['undefined', Promise.resolve(undefined)],
    ['null', Promise.resolve(null)],
    ['a string', 'accounts'],
    ['a list', []],
    ['a boolean', false],
    ['a function', () => OPTIONS],
    ['a Map', new Map()],
    ['a Date', new Date()],
  ];

  it.each(RESULTS)('rejects a factory that returns %s', async (what, result) => {
    const useFactory = () => untyped<ButtonMessagingOptions>(result);
    const fault = await faultOf(ButtonMessagingModule.forRootAsync({ useFactory }));
    expect(fault).toMatchObject({ path: 'useFactory', rule: 'isObject' });
    expect(fault?.message).toContain(what);
  });

  it.each(RESULTS)('rejects a factory class that returns %s', async (what, result) => {
    class MessagingOptions {
      createButtonMessagingOptions = () => untyped<ButtonMessagingOptions>(result);
    }
    const fault = await faultOf(ButtonMessagingModule.forRootAsync({ useClass: MessagingOptions }));
    expect(fault).toMatchObject({ path: 'useClass', rule: 'isObject' });
    expect(fault?.message).toContain('MessagingOptions.createButtonMessagingOptions()');
    expect(fault?.message).toContain(what);
  });

  it('names the method that a factory class lacks', async () => {
    class MessagingOptions {
      createOptions = () => OPTIONS;
    }
    const registration = ButtonMessagingModule.forRootAsync({ useClass: untyped(MessagingOptions) });
    expect(await faultOf(registration)).toMatchObject({
      path: 'useClass',
      rule: 'isFunction',
      message: expect.stringContaining('createButtonMessagingOptions'),
    });
  });

  it.each([
    ['forRoot()', () => ButtonMessagingModule.forRoot()],
    ['forRoot(undefined)', () => ButtonMessagingModule.forRoot(undefined)],
    ['forRoot({})', () => ButtonMessagingModule.forRoot({})],
    ['a factory that returns {}', () => ButtonMessagingModule.forRootAsync({ useFactory: () => ({}) })],
  ])('reads the environment with %s', async (_name, registration) => {
    await startOf(registration());
  });

  it.each([null, 5, 'accounts', []])('rejects forRoot(%j)', async (options) => {
    expect(await faultOf(ButtonMessagingModule.forRoot(untyped(options)))).toMatchObject({
      path: '',
      rule: 'isObject',
    });
  });

  it.each(['webhooks', 'isGlobal', 'extraProviders'])('rejects %s in the result of the factory', async (name) => {
    const useFactory = () => untyped<ButtonMessagingOptions>({ ...OPTIONS, [name]: {} });
    expect(await faultOf(ButtonMessagingModule.forRootAsync({ useFactory }))).toMatchObject({
      path: name,
      rule: 'misplaced',
      message: expect.stringMatching(/directly, not returned by the factory/),
    });
  });

  it.each(['accounts', 'defaultAccount', 'resolveAccount', 'breaker', 'logger'])(
    'rejects %s outside the result of the factory',
    async (name) => {
      const registration = { useFactory: () => OPTIONS, [name]: 'x' };
      expect(await faultOf(ButtonMessagingModule.forRootAsync(untyped(registration)))).toMatchObject({
        path: name,
        rule: 'misplaced',
        message: expect.stringMatching(/returned by the factory of forRootAsync/),
      });
    },
  );

  it.each([
    [undefined, 'useFactory'],
    [{}, 'useFactory'],
    [{ useFactory: undefined }, 'useFactory'],
    [{ useFactory: OPTIONS }, 'useFactory'],
    [{ useFactory: () => OPTIONS, useClass: class {} }, 'useFactory'],
    [{ useFactory: () => OPTIONS, isGlobl: true }, 'isGlobl'],
  ])('rejects forRootAsync(%j)', async (registration, path) => {
    expect(await faultOf(ButtonMessagingModule.forRootAsync(untyped(registration)))).toMatchObject({ path });
  });

  it('passes on the error that the factory throws', async () => {
    const useFactory = () => {
      throw new RangeError('no such secret');
    };
    await expect(startOf(ButtonMessagingModule.forRootAsync({ useFactory }))).rejects.toThrow(RangeError);
  });
});

describe.each(REGISTRATIONS)('Option validation with %s', (_way, register) => {
  const faultWith = (change: object) =>
    faultOf(register(untyped<ButtonMessagingModuleOptions>({ ...OPTIONS, ...change })));

  it.each([
    [{ acounts: [] }, 'acounts', 'accounts'],
    [{ resolveAcount: () => undefined }, 'resolveAcount', 'resolveAccount'],
    [{ http: { timeoutMS: 5 } }, 'http.timeoutMS', 'timeoutMs'],
    [{ retry: { atempts: 5 } }, 'retry.atempts', 'attempts'],
    [{ breaker: { failuers: 5 } }, 'breaker.failuers', 'failures'],
    [{ webhooks: { pth: 'x' } }, 'webhooks.pth', 'path'],
    [{ accounts: [{ ...OPTIONS.accounts[0], clienttoken: 'x' }] }, 'accounts[0].clienttoken', 'clientToken'],
    [{ accounts: [{ ...OPTIONS.accounts[0], webhookSecrets: 'x' }] }, 'accounts[0].webhookSecrets', 'webhookSecret'],
  ])('suggests a name for the unknown option in %j', async (change, path, meant) => {
    const fault = await faultWith(change);
    expect(fault).toMatchObject({ path, rule: 'unknownField' });
    expect(fault?.message).toContain(path);
    expect(fault?.message).toContain(`did you mean "${meant}"?`);
  });

  it('suggests no name for an option that resembles none', async () => {
    const fault = await faultWith({ teleport: true });
    expect(fault).toMatchObject({ path: 'teleport', rule: 'unknownField' });
    expect(fault?.message).not.toContain('did you mean');
  });

  it.each([
    'tenants/:tenant/hooks',
    ':tenant',
    '*',
    '*path',
    'hooks/*',
    'hooks/{*splat}',
    'hooks{/:optional}',
    'ho+ks',
    'hook(s)?',
    '/^hooks$/',
    'a//b',
    'a/../b',
    '.',
    'hooks?x=1',
    'hooks#x',
    'my hooks',
    'g%61nchos',
    'ação',
    'a\nb',
  ])('rejects the webhooks path %j', async (path) => {
    const fault = await faultWith({ webhooks: { path } });
    expect(fault).toMatchObject({ path: 'webhooks.path', rule: 'isPlainPath' });
    expect(fault?.message).toMatch(/webhooks\.path .*Parameters and wildcards are not supported/);
  });

  it.each(['', '/', 'hooks', '/hooks/', 'in/whatsapp', 'v1.2/my-hooks_~'])(
    'accepts the webhooks path %j',
    async (path) => {
      await startOf(register({ ...OPTIONS, webhooks: { path } }));
    },
  );

  it.each(['a\nb', 'a\u2028b', 'a\u0000', 'a\u001b[31mb', 'a\u202eb', 'x'.repeat(101)])(
    'rejects the account name %j',
    async (name) => {
      expect(await faultWith({ accounts: [{ ...OPTIONS.accounts[0], name }] })).toMatchObject({
        path: 'accounts[0].name',
      });
    },
  );

  it.each(['Loja São João', '客户', 'acme 👩‍💻', 'x'.repeat(100)])('accepts the account name %j', async (name) => {
    await startOf(register({ ...OPTIONS, accounts: [zApiAccount('http://127.0.0.1:9', { name })] }));
  });
});

describe('Missing ButtonMessagingModule', () => {
  it.each([
    ['ButtonMessagingQueueModule', () => ButtonMessagingQueueModule.forRoot()],
    ['ButtonMessagingQueueModule', () => ButtonMessagingQueueModule.forRootAsync({ useFactory: () => ({}) })],
    ['ButtonMessagingHealthModule', () => ButtonMessagingHealthModule],
    ['ButtonMessagingHealthModule', () => ButtonMessagingHealthModule.forRoot({})],
  ])('is reported by %s', async (name, registration) => {
    const fault = await faultOf(registration());
    expect(fault).toMatchObject({ path: '', rule: 'hasCore' });
    expect(fault?.message).toMatch(new RegExp(`${name}.*ButtonMessagingModule\\.forRoot\\(\\)`));
  });
});

describe('ButtonMessagingQueueModule registration', () => {
  const core = () => ButtonMessagingModule.forRoot(OPTIONS);
  const register = (registration: unknown) => ButtonMessagingQueueModule.forRootAsync(untyped(registration));

  @Injectable({ scope: Scope.REQUEST })
  class Tenant {
    createButtonMessagingQueueOptions = () => ({});
  }

  @Module({ providers: [Tenant], exports: [Tenant] })
  class TenantModule {}

  it.each<[by: string, registration: object, path: string, named: string]>([
    ['REQUEST', { inject: [REQUEST], useFactory: () => ({}) }, 'inject', 'REQUEST'],
    ['a service', { imports: [TenantModule], inject: [Tenant], useFactory: () => ({}) }, 'inject', 'Tenant'],
    ['useClass', { useClass: Tenant }, 'useClass', 'Tenant'],
    ['useExisting', { imports: [TenantModule], useExisting: Tenant }, 'useExisting', 'Tenant'],
  ])('rejects request-scoped options from %s', async (_by, registration, path, named) => {
    const fault = await faultOf(core(), register(registration));
    expect(fault).toMatchObject({ path, rule: 'isNotRequestScoped' });
    expect(fault?.message).toMatch(new RegExp(`^ButtonMessagingQueueModule\\.forRootAsync .*${named}`));
  });

  it.each<[what: string, result: unknown]>([
    ['undefined', undefined],
    ['null', Promise.resolve(null)],
    ['a string', 'redis://127.0.0.1:6379'],
    ['a list', []],
    ['a Map', new Map()],
  ])('rejects a factory that returns %s', async (what, result) => {
    class QueueOptions {
      createButtonMessagingQueueOptions = () => result;
    }
    for (const [registration, path] of [
      [{ useFactory: () => result }, 'useFactory'],
      [{ useClass: QueueOptions }, 'useClass'],
    ] as const) {
      const fault = await faultOf(core(), register(registration));
      expect(fault).toMatchObject({ path, rule: 'isObject' });
      expect(fault?.message).toMatch(new RegExp(`^ButtonMessagingQueueModule: .* ${what}`));
    }
  });

  it('names the method that a factory class lacks', async () => {
    class QueueOptions {
      createOptions = () => ({});
    }
    expect(await faultOf(core(), register({ useClass: QueueOptions }))).toMatchObject({
      path: 'useClass',
      rule: 'isFunction',
      message: expect.stringContaining('createButtonMessagingQueueOptions()'),
    });
  });

  it.each([
    [undefined, 'useFactory', 'isSet'],
    [{}, 'useFactory', 'isSet'],
    [{ useFactory: () => ({}), useClass: Tenant }, 'useFactory', 'isSet'],
    [{ useFactory: () => ({}), engine: { kind: 'embedded' } }, 'engine', 'misplaced'],
    [{ useFactory: () => ({}), isGlobal: true }, 'isGlobal', 'unknownField'],
  ])('rejects forRootAsync(%j)', async (registration, path, rule) => {
    const fault = await faultOf(core(), register(registration));
    expect(fault).toMatchObject({ path, rule });
    expect(fault?.message).toContain('ButtonMessagingQueueModule.forRootAsync');
  });

  it.each([null, 5, 'redis://127.0.0.1:6379', []])('rejects forRoot(%j)', async (options) => {
    const fault = await faultOf(core(), ButtonMessagingQueueModule.forRoot(untyped(options)));
    expect(fault).toMatchObject({ path: '', rule: 'isObject' });
    expect(fault?.message).toContain('ButtonMessagingQueueModule.forRoot');
  });

  it('suggests a name for an unknown option', async () => {
    const fault = await faultOf(core(), ButtonMessagingQueueModule.forRoot(untyped({ concurency: 2 })));
    expect(fault).toMatchObject({ path: 'concurency', message: expect.stringContaining('"concurrency"') });
  });

  it('rejects a bare import, even next to a registration', async () => {
    const engine = { kind: 'embedded' as const, directory: '/dev/null/queue' };
    for (const others of [[], [ButtonMessagingQueueModule.forRoot({ engine })]]) {
      const fault = await faultOf(core(), ButtonMessagingQueueModule, ...others);
      expect(fault).toMatchObject({ path: '', rule: 'registered' });
      expect(fault?.message).toMatch(
        /ButtonMessagingQueueModule must be imported with forRoot\(\) or forRootAsync\(\)/,
      );
    }
  });

  it('rejects lazy loading', async () => {
    const module = await Test.createTestingModule({ imports: [core()] }).compile();
    const app = await module.init();
    const error = await errorOf(app.get(LazyModuleLoader).load(() => untyped(ButtonMessagingQueueModule.forRoot())));
    expect(error).toMatchObject({ name: 'ConfigurationError', issues: [{ rule: 'registeredInTime' }] });
    await app.close();
  });
});

describe('ButtonMessagingHealthModule registration', () => {
  it.each([
    [null, '', 'isObject'],
    ['details', '', 'isObject'],
    [{ detials: true }, 'options.detials', 'unknownField'],
  ])('rejects forRoot(%j)', async (options, path, rule) => {
    const registration = ButtonMessagingHealthModule.forRoot(untyped(options));
    const fault = await faultOf(ButtonMessagingModule.forRoot(OPTIONS), registration);
    expect(fault).toMatchObject({ path, rule });
    expect(fault?.message).toContain('ButtonMessagingHealthModule');
  });
});

describe('Second registration of ButtonMessagingModule', () => {
  const second = (): [string, () => DynamicModule][] => [
    ['forRoot', () => ButtonMessagingModule.forRoot(OPTIONS)],
    ['forRootAsync', () => ButtonMessagingModule.forRootAsync({ useFactory: () => OPTIONS })],
    ['forRoot and invalid options', () => ButtonMessagingModule.forRoot(untyped({ accounts: 5 }))],
  ];

  it.each(second())('is rejected with %s', async (_name, register) => {
    @Module({ imports: [register()] })
    class Feature {}

    for (const first of [ButtonMessagingModule.forRoot(OPTIONS), second()[1]?.[1]()]) {
      expect(await faultOf(first as DynamicModule, Feature)).toMatchObject({ path: '', rule: 'registeredOnce' });
    }
  });

  it.each(second())('is rejected in a lazily loaded module with %s', async (_name, register) => {
    @Module({ imports: [register()] })
    class Feature {}

    const module = await Test.createTestingModule({ imports: [ButtonMessagingModule.forRoot(OPTIONS)] }).compile();
    const app = await module.init();
    const error = await errorOf(app.get(LazyModuleLoader).load(() => Feature));
    expect(error).toMatchObject({ name: 'ConfigurationError', issues: [{ rule: 'registeredOnce' }] });
    await app.close();
  });
});

describe('Invalid account from resolveAccount', () => {
  it('is reported by name in a running application', async () => {
    const resolveAccount = (name: string) => untyped<never>({ ...OPTIONS.accounts[0], name, tokn: 'x' });
    const registration = ButtonMessagingModule.forRoot({ resolveAccount, logger: false });
    const module = await (await Test.createTestingModule({ imports: [registration] }).compile()).init();
    const message = { to: '5511999990000', text: 'Hi', buttons: [{ type: 'reply' as const, id: 'y', title: 'Yes' }] };
    const error = await errorOf(module.get(ButtonMessagingService).send(message, { account: 'acme' }));
    expect(error).toMatchObject({ name: 'ConfigurationError', account: 'acme' });
    expect(error.message).toMatch(/^The account "acme" cannot be used: resolveAccount\(\)\.tokn is unknown .*"token"/);
    expect(error.message).not.toMatch(/cannot start|Dto/);
    await module.close();
  });
});
