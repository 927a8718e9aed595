import { setImmediate } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type AccountOptions,
  ButtonMessagingConfig,
  type ButtonMessagingModuleOptions,
  InvalidMessageError,
  UnknownAccountError,
} from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, oneOfEach, zApiAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { hangUp, silence } from '../../support/responses.js';
import { closedPort } from '../../support/tcp-server.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';

const to = '5511999999999';
const message = { to, text: 'Hello', buttons: [{ type: 'reply' as const, id: 'a', title: 'A' }] };
const call = { ...message, buttons: [{ type: 'call' as const, title: 'Call', phone: to }] };
const text = { phone: to, message: 'Hi' } as never;
const error = (status: number, words: string, headers = {}): FakeResponse => ({
  status,
  body: { error: words },
  headers,
});
const meta = (code: number): FakeResponse => ({ status: 400, body: { error: { message: `(#${code}) x`, code } } });

describe('Accounts', () => {
  let server: FakeProvider;
  let app: TestApp | undefined;
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  beforeEach(() => void server.reset().always({ body: { messageId: 'M1', messages: [{ id: 'M1' }] } }));
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(() => server.close());
  const start = async (options: ButtonMessagingModuleOptions): Promise<TestApp> => {
    app = await openAppWithoutRetries(options);
    return app;
  };

  describe('options.via', () => {
    it.each<[string, string, FakeResponse]>([
      ['authentication', 'zap', error(403, 'Client-Token not allowed')],
      ['permission', 'zap', error(403, '[203.0.113.9] not allowed')],
      ['subscription', 'zap', error(400, 'To continue sending a message, you must subscribe to this instance again')],
      ['rate-limited', 'zap', { status: 429 }],
      ['provider-unavailable', 'zap', { status: 503, headers: { 'Retry-After': '5' } }],
      ['authentication', 'meta', meta(190)],
      ['permission', 'meta', meta(131005)],
      ['rate-limited', 'meta', meta(130429)],
      ['provider-unavailable', 'meta', meta(131016)],
      ['window-closed', 'meta', meta(131047)],
      ...[131042, 131044, 368, 131031, 33, 131037, 131045, 133006, 133010, 130497, 131048, 131064].map(
        (code): [string, string, FakeResponse] => ['provider-rejected', 'meta', meta(code)],
      ),
      ['provider-rejected', 'zap', { body: { error: 'Whatsapp rejected sending this message' } }],
      ['provider-rejected', 'zap', { body: { error: 'You must accept buttons message terms in panel' } }],
      ['provider-rejected', 'zap', { body: { error: 'You are not connected.' } }],
    ])('tries the next account after %s of %s', async (code, first, answer) => {
      const { messaging } = await start({ accounts: oneOfEach(server.url) });
      const second = first === 'zap' ? 'meta' : 'zap';
      server.next(answer);
      const sent = await messaging.send(message, { via: [first, second] });
      expect(sent).toMatchObject({ account: second, tried: [{ account: first, code }], messageId: 'M1' });
      expect(server.requests).toHaveLength(2);
    });

    it.each<[string, string, FakeResponse]>([
      ['provider-rejected', 'zap', error(400, 'no')],
      ['provider-rejected', 'zap', { body: { value: false } }],
      ['provider-rejected', 'meta', meta(131009)],
      ['recipient-not-found', 'meta', meta(131026)],
      ['recipient-not-found', 'zap', { body: { error: 'phone not exists' } }],
      ...[131049, 131050, 130472, 131021, 131030, 130403, 131052, 132001, 132015, 100, 131062].map(
        (code): [string, string, FakeResponse] => ['provider-rejected', 'meta', meta(code)],
      ),
      ['unknown-outcome', 'zap', { status: 500 }],
      ['unknown-outcome', 'zap', { body: { error: 'Timeout on send message' } }],
      ['unknown-outcome', 'meta', meta(1)],
      ['unknown-outcome', 'zap', hangUp],
      ['unknown-outcome', 'meta', silence],
      ['unknown-outcome', 'meta', { body: '<html>' }],
    ])('stops after %s of %s', async (code, first, answer) => {
      const { messaging } = await start({ accounts: oneOfEach(server.url) });
      server.next(answer);
      // A busy machine may respond slowly, so only the silent server gets a short timeout.
      const patience = answer === silence ? { timeoutMs: 200 } : {};
      const failure = await errorOf(
        messaging.send(message, { via: [first, first === 'zap' ? 'meta' : 'zap'], ...patience }),
      );
      expect(failure).toMatchObject({ code, account: first });
      expect(server.requests).toHaveLength(1);
    });

    it('tries the next account after a failed connection and an unsupported message', async () => {
      const dead = `http://${await closedPort()}`;
      const accounts = [zApiAccount(dead, { name: 'dead' }), cloudAccount(server.url), zApiAccount(server.url)];
      const { messaging } = await start({ accounts });
      const sent = await messaging.send(call, { via: ['meta', 'dead', 'zap'] });
      expect(sent.account).toBe('zap');
      expect(sent.tried).toEqual([
        { account: 'meta', code: 'unsupported-message' },
        { account: 'dead', code: 'provider-unavailable' },
      ]);
    });

    it.each<[string, AccountOptions | undefined, string]>([
      ['do not exist', undefined, 'unknown-account'],
      [
        'are resolved with invalid options',
        { provider: 'z-api', name: 'tenant', instanceId: 'TENANT', token: '' },
        'configuration',
      ],
    ])('tries the next account after accounts that %s', async (_what, row, code) => {
      const { messaging } = await start({ accounts: oneOfEach(server.url), resolveAccount: () => row });
      expect(await messaging.send(message, { via: ['tenant', 'zap'] })).toMatchObject({
        account: 'zap',
        tried: [{ account: 'tenant', code }],
      });
      const failure = await errorOf(messaging.send(message, { via: ['tenant'] }));
      expect(failure).toMatchObject({ code, account: 'tenant', outcome: 'not-sent', category: 'authentication' });
      expect(failure.message).toContain('"tenant"');
      if (row) expect(failure.message).toContain('token');
      expect(failure.message).not.toContain('ButtonMessagingModule');
      expect(server.requests).toHaveLength(1);
    });

    it('throws the last error when every account fails', async () => {
      const { messaging } = await start({ accounts: oneOfEach(server.url) });
      server.next(error(403, 'Client-Token not allowed'), meta(131016));
      expect(await errorOf(messaging.send(message, { via: ['zap', 'meta'] }))).toMatchObject({
        code: 'provider-unavailable',
        account: 'meta',
      });
      expect(server.requests).toHaveLength(2);
    });

    it('sends nothing when the message is invalid', async () => {
      const { messaging } = await start({ accounts: oneOfEach(server.url) });
      expect(await errorOf(messaging.send({ ...message, text: '' }, { via: ['zap', 'meta'] }))).toBeInstanceOf(
        InvalidMessageError,
      );
      expect(server.requests).toEqual([]);
    });
  });

  describe('without an account in the call', () => {
    const second = (url: string) => zApiAccount(url, { name: 'zap2', instanceId: 'SECOND' });
    it.each<[string, (url: string) => ButtonMessagingModuleOptions, expected: string | undefined]>([
      ['uses the only account', (url) => ({ accounts: [zApiAccount(url)] }), 'INSTANCE'],
      ['uses the provider’s only account', (url) => ({ accounts: oneOfEach(url) }), 'INSTANCE'],
      [
        'uses the provider’s only account when the default is of another provider',
        (url) => ({ accounts: oneOfEach(url), defaultAccount: 'meta' }),
        'INSTANCE',
      ],
      [
        'uses the default account',
        (url) => ({ accounts: [...oneOfEach(url), second(url)], defaultAccount: 'zap2' }),
        'SECOND',
      ],
      [
        'rejects the call when the provider has two accounts',
        (url) => ({ accounts: [zApiAccount(url), second(url)] }),
        undefined,
      ],
      [
        'rejects the call when the provider has two accounts and the default is elsewhere',
        (url) => ({ accounts: [...oneOfEach(url), second(url)], defaultAccount: 'meta' }),
        undefined,
      ],
      ['rejects the call when the provider has no account', (url) => ({ accounts: [cloudAccount(url)] }), undefined],
    ])('%s in a provider service', async (_what, options, expected) => {
      const { zApi } = await start(options(server.url));
      if (expected) {
        await zApi.sendText(text);
        expect(server.requests[0]?.url).toContain(`/instances/${expected}/`);
      } else {
        expect(await errorOf(zApi.sendText(text))).toBeInstanceOf(UnknownAccountError);
        expect(server.requests).toEqual([]);
      }
    });

    it('uses the default account, or the only one, in messaging.send', async () => {
      const { messaging } = await start({ accounts: oneOfEach(server.url), defaultAccount: 'meta' });
      expect((await messaging.send(message)).account).toBe('meta');
      await app?.close();
      const only = await start({ accounts: [zApiAccount(server.url)] });
      expect((await only.messaging.send(message)).account).toBe('zap');
      await app?.close();
      const several = await start({ accounts: oneOfEach(server.url) });
      expect(await errorOf(several.messaging.send(message))).toBeInstanceOf(UnknownAccountError);
    });
  });

  it.each(REGISTRATIONS)(
    'rejects an unknown account without naming the known ones (registered by %s)',
    async (_name, register) => {
      app = await openAppWithoutRetries({ accounts: oneOfEach(server.url) }, { register });
      for (const send of [
        app.messaging.send(message, { account: 'ghost' }),
        app.zApi.sendText(text, { account: 'ghost' }),
        app.messaging.send(message, { via: ['ghost'] }),
      ]) {
        const failure = await errorOf(send);
        expect(failure).toBeInstanceOf(UnknownAccountError);
        expect([...(failure as UnknownAccountError).known].sort()).toEqual(['meta', 'volt', 'zap']);
        expect(failure.message).toContain('ghost');
        for (const name of ['meta', 'volt', 'zap']) expect(failure.message).not.toContain(name);
        expect(failure).toMatchObject({ code: 'unknown-account', outcome: 'not-sent', retryable: false });
      }
      expect(server.requests).toEqual([]);
    },
  );

  describe('resolveAccount', () => {
    const tenant = (name: string): AccountOptions => zApiAccount(server.url, { name, instanceId: `OF-${name}` });

    it('is called once for concurrent sends and until the TTL expires', async () => {
      const resolveAccount = jest.fn(async (name: string) => tenant(name));
      const { zApi, messaging } = await start({ resolveAccount });
      await Promise.all([1, 2, 3].map(() => zApi.sendText(text, { account: 't1' })));
      expect((await messaging.send(message, { account: 't1' })).account).toBe('t1');
      await zApi.sendText(text, { account: 't2' });
      expect(resolveAccount.mock.calls).toEqual([['t1'], ['t2']]);
      expect(server.requests.map(({ url }) => url.split('/')[2])).toEqual([
        'OF-t1',
        'OF-t1',
        'OF-t1',
        'OF-t1',
        'OF-t2',
      ]);
    });

    it('is called again after the TTL has expired', async () => {
      const resolveAccount = jest.fn((name: string) => tenant(name));
      const { app: module } = await start({ resolveAccount, resolvedAccountTtlMs: 30 });
      const config = module.get(ButtonMessagingConfig, { strict: false });
      while (resolveAccount.mock.calls.length < 3) {
        expect((await config.account('t1')).name).toBe('t1');
        await setImmediate();
      }
      expect(resolveAccount).toHaveBeenCalledTimes(3);
    });

    it('leaves the message unsent and retryable when it fails', async () => {
      let failures = 1;
      const resolveAccount = async (name: string) => {
        failures -= 1;
        if (failures >= 0) throw new TypeError('no connection, with a-secret');
        return tenant(name);
      };
      const { messaging } = await start({ resolveAccount });
      const error = await errorOf(messaging.send(message, { account: 't1' }));
      expect(error).toMatchObject({
        code: 'provider-unavailable',
        outcome: 'not-sent',
        retryable: true,
        account: 't1',
      });
      expect(inspect(error)).not.toContain('a-secret');
      expect((await messaging.send(message, { account: 't1' })).account).toBe('t1');
    });

    it('is not called for a configured account, and may return undefined', async () => {
      const resolveAccount = jest.fn((_name: string) => undefined);
      const { zApi, chatvolt } = await start({
        accounts: [zApiAccount(server.url), chatvoltAccount(server.url)],
        resolveAccount,
      });
      await zApi.sendText(text, { account: 'zap' });
      expect(resolveAccount).not.toHaveBeenCalled();
      for (const send of [
        zApi.sendText(text, { account: 'ghost' }),
        chatvolt.findConversation({ phone: to }, { account: 'ghost' }),
      ]) {
        expect(await errorOf(send)).toBeInstanceOf(UnknownAccountError);
      }
      expect(server.requests).toHaveLength(1);
    });
  });
});
