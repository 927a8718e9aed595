import 'reflect-metadata';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type AccountOptions, type ButtonMessagingModuleOptions, type WebhookRequest } from '../../../lib/index.js';
import { untyped } from '../../support/button-messages.js';
import { outputOf, RecordingLogger } from '../../support/recording-logger.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { deferred, until } from '../../support/time.js';
import { PLATFORMS, type WebhookApp, type WebhookAppSetup, WebhookApps } from '../../support/webhook-app.js';
import { get, post } from '../../support/webhook-client.js';
import { callback, credentials, signed, stranger, webhookAccounts } from '../../support/webhook-requests.js';
import { InMemoryProvider } from '../custom-provider/in-memory.provider.js';
import { meta, metaText, PRESS_OF, zText } from '../webhooks/fixtures.js';

jest.setTimeout(60_000);

const SIGNATURE = signed('not the secret', 'anything');
const MEGABYTE = 1_024 * 1_024;
/** Characters that could break, colour or reverse a log line. */
const FORGERIES = ['\n', '\r', '\u0000', '\u001b[31m', '\u2028', '\u2029', '\u0085', '\u202e', '\u2066', '\u007f'];
const FORGED = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Only the clock is faked; servers and sockets keep running. */
const NOT_FAKED = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'Date', 'hrtime'] as const),
];

/** A client that announces a body and sends only a part of it. */
class SlowClient {
  answer = '';
  readonly closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    const done = deferred();
    this.closed = done.promise;
    socket.on('data', (chunk) => {
      this.answer += chunk.toString('latin1');
    });
    socket.on('error', () => {});
    socket.on('close', () => done.resolve());
  }

  static async begin(url: string, headers: Record<string, string>, announced: number, sent = 0): Promise<SlowClient> {
    const { hostname, port, pathname, search } = new URL(url);
    const socket = connect(Number(port), hostname);
    const client = new SlowClient(socket);
    const all = { host: hostname, 'content-type': 'application/json', 'content-length': `${announced}`, ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
    socket.write([`POST ${pathname}${search} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    if (sent > 0) socket.write('x'.repeat(sent));
    return client;
  }

  get status(): number {
    return Number(/^HTTP\/1\.1 (\d+)/.exec(this.answer)?.[1]);
  }

  more(bytes: number): void {
    this.socket.write('x'.repeat(bytes));
  }

  end(): void {
    this.socket.destroy();
  }
}

describe.each(PLATFORMS)('Webhook protection on %s', (_platform, platform) => {
  const apps = new WebhookApps();
  let logger: RecordingLogger;
  const clients: SlowClient[] = [];
  beforeEach(() => {
    logger = new RecordingLogger();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end();
    await apps.close();
  });

  const start = (options: ButtonMessagingModuleOptions = {}, setup: WebhookAppSetup = {}): Promise<WebhookApp> =>
    apps.start({ platform, ...setup, options: { webhooks: {}, logger, ...options } });
  const begin = async (...given: Parameters<typeof SlowClient.begin>): Promise<SlowClient> => {
    const client = await SlowClient.begin(...given);
    clients.push(client);
    return client;
  };

  class Acme extends InMemoryProvider {}
  const custom = (webhook: object): AccountOptions => {
    const provider = untyped<InMemoryProvider>(Object.create(new Acme(), { webhook: { value: webhook } }));
    return { provider, name: 'acme' };
  };
  const byHeader = {
    isAuthentic: ({ headers }: WebhookRequest) => headers['x-acme'] === 'secret',
    parse: () => [],
  };

  const WITHOUT_PROOF: [who: string, path: string, headers: Record<string, string>][] = [
    ['nothing', 'z-api/z', {}],
    ['a wrong token', 'z-api/z', { 'z-api-token': 'wrong' }],
    ['a wrong secret in the query', 'z-api/z?webhook-secret=wrong', {}],
    ["another account's token", 'z-api/z', credentials('z2', '')],
    ['nothing', 'chatvolt/c', {}],
    ['a wrong bearer', 'chatvolt/c', { authorization: 'Bearer wrong' }],
    ['nothing', 'whatsapp-cloud/w', {}],
    ['a malformed signature', 'whatsapp-cloud/w', { 'x-hub-signature-256': 'sha256=12' }],
    ['a signature, of an account without a secret', 'whatsapp-cloud/w-bare', { 'x-hub-signature-256': SIGNATURE }],
    ['a signature, of an account that is not there', 'whatsapp-cloud/nobody', { 'x-hub-signature-256': SIGNATURE }],
    ['a token, of an account that is not there', 'z-api/nobody', credentials('z', '')],
    ['a token, of an account of another provider', 'z-api/w', credentials('z', '')],
    ['a wrong header of its own provider', 'custom/acme', { 'x-acme': 'wrong' }],
  ];

  it('rejects a request without credentials before its body and closes it', async () => {
    const { url } = await start({ accounts: [...webhookAccounts(), custom(byHeader)] });
    const results = WITHOUT_PROOF.map(async ([who, path, headers]) => {
      const client = await begin(`${url}/webhooks/${path}`, headers, 3 * MEGABYTE, 10);
      await client.closed;
      return [who, path, client.status];
    });
    expect(await Promise.all(results)).toEqual(WITHOUT_PROOF.map(([who, path]) => [who, path, 401]));
  });

  it('keeps no sockets of 200 unauthenticated clients open', async () => {
    const { url, app } = await start();
    const server = app.getHttpServer();
    const all = await Promise.all(
      Array.from({ length: 200 }, () => begin(`${url}/webhooks/z-api/z`, {}, 3 * MEGABYTE, 50_000)),
    );
    await Promise.all(all.map(({ closed }) => closed));
    await until(
      () =>
        new Promise<boolean>((resolve, reject) =>
          server.getConnections((error: Error | null, count: number) => (error ? reject(error) : resolve(count === 0))),
        ),
    );
    expect(logger.lines).toHaveLength(1);
  });

  it.each<[who: string, path: string, headers: Record<string, string>]>([
    ['a valid token', 'z-api/z', credentials('z', '')],
    ['a well-formed signature', 'whatsapp-cloud/w', { 'x-hub-signature-256': SIGNATURE }],
    ['the header of a custom provider', 'custom/acme', { 'x-acme': 'secret' }],
  ])('responds 408 to an incomplete body with %s', async (_who, path, headers) => {
    const accounts = [...webhookAccounts(), custom(byHeader)];
    const { url } = await start({ accounts, webhooks: { bodyTimeoutMs: 50 } });
    const client = await begin(`${url}/webhooks/${path}`, headers, 1_000, 999);
    await client.closed;
    expect(client.status).toBe(408);
    expect(logger.lines).toEqual([expect.stringMatching(/did not arrive within webhooks\.bodyTimeoutMs/)]);
  });

  it('responds 503 to a body beyond webhooks.maxPendingBytes', async () => {
    const { url, app } = await start({ webhooks: { maxPendingBytes: 250_000 } });
    const headers = { 'x-hub-signature-256': SIGNATURE };
    const address = `${url}/webhooks/whatsapp-cloud/w`;
    const first = await Promise.all([1, 2].map(() => begin(address, headers, 200_000, 100_000)));
    // The first two already hold 200,000 bytes.
    const late = await Promise.all([1, 2].map(() => begin(address, headers, 200_000, 199_000)));
    const all = [...first, ...late];
    await until(() => all.some(({ status }) => status === 503));
    const putOff = all.find(({ status }) => status === 503);
    expect(putOff?.answer).toMatch(/retry-after: \d+/i);
    await putOff?.closed;
    expect(logger.lines).toEqual([expect.stringMatching(/postponed.*webhooks\.maxPendingBytes/)]);
    for (const client of all) client.end();
    await Promise.all(all.map(({ closed }) => closed));
    const heard = async () => (await post(address, callback('w', meta([metaText('after')])))).status === 200;
    await until(heard);
    expect(app).toBeDefined();
  });

  it('accepts a webhook with a valid header despite maxPendingBytes', async () => {
    const { url } = await start({ webhooks: { maxPendingBytes: 250_000 } });
    const headers = { 'x-hub-signature-256': SIGNATURE };
    const address = `${url}/webhooks/whatsapp-cloud/w`;
    const strangers = await Promise.all([1, 2, 3].map(() => begin(address, headers, 200_000, 199_000)));
    await until(() => strangers.some(({ status }) => status === 503));
    const proven = callback('z', zText('Hi'));
    for (let count = 0; count < 5; count += 1) expect((await post(`${url}/webhooks/z-api/z`, proven)).status).toBe(200);
    for (const client of strangers) client.end();
    await Promise.all(strangers.map(({ closed }) => closed));
  });

  it('releases the pending bytes of a client that disconnects', async () => {
    const { url } = await start({ webhooks: { maxPendingBytes: 250_000 } });
    const headers = { 'x-hub-signature-256': SIGNATURE };
    for (let count = 0; count < 5; count += 1) {
      const client = await begin(`${url}/webhooks/whatsapp-cloud/w`, headers, 200_000, 150_000);
      client.end();
      await client.closed;
    }
    const request = callback('w', JSON.stringify(meta([metaText('Hi')])) + ' '.repeat(200_000));
    await until(async () => (await post(`${url}/webhooks/whatsapp-cloud/w`, request)).status === 200);
  });

  describe('when accounts come from resolveAccount', () => {
    const [z] = webhookAccounts();
    const asked: string[] = [];
    const tenants = new Map<string, unknown>();
    let failure: Error | undefined;
    const resolveAccount = async (name: string) => {
      asked.push(name);
      if (failure) throw failure;
      return untyped<AccountOptions | undefined>(tenants.get(name));
    };
    beforeEach(() => {
      asked.length = 0;
      tenants.clear();
      failure = undefined;
    });
    const at = (app: WebhookApp, name: string, provider = 'z-api') => `${app.url}/webhooks/${provider}/${name}`;

    it.each(FORGERIES)('looks up nothing and forges no log line for a name with %j', async (forgery) => {
      let lines: string[] = [];
      const output = await outputOf(async () => {
        const app = await start({ accounts: [], resolveAccount });
        const name = encodeURIComponent(`x${forgery}[Nest] 1  - ERROR`);
        expect((await post(at(app, name), stranger({}))).status).toBe(401);
        expect((await get(at(app, name, 'whatsapp-cloud'))).status).toBe(403);
        expect((await app.handle('z-api', `x${forgery}`, callback('z', zText('Hi')))).status).toBe(401);
        await expect(app.messaging.resume(`x${forgery}y`)).rejects.toThrow(/^Unknown account: "[^\p{Cc}]*"\.$/u);
        lines = logger.lines;
      });
      expect(asked).toEqual([]);
      for (const line of lines) expect(line).not.toMatch(FORGED);
      expect(output).not.toContain('[Nest] 1  - ERROR');
    });

    const NO_NAMES = [
      '.',
      '..',
      'a/b',
      '../a',
      'a\\b',
      'a\u00ad',
      'a\u200db',
      'a\u{e0041}',
      '\u{e0000}a',
      'a\u2063b',
      '\u3164',
    ];

    it.each(NO_NAMES)('looks up nothing for the invalid account name %j', async (name) => {
      const app = await start({ accounts: [], resolveAccount });
      const encoded = encodeURIComponent(name).replaceAll('.', '%2e');
      expect([401, 404]).toContain((await post(at(app, encoded), stranger({}))).status);
      expect((await app.handle('z-api', name, callback('z', zText('Hi')))).status).toBe(401);
      await expect(app.messaging.resume(name)).rejects.toThrow(/^Unknown account: /);
      expect(asked).toEqual([]);
      await expect(start({ accounts: [untyped<AccountOptions>({ ...z, name })] })).rejects.toThrow(
        /accounts\[0\]\.name must have at most 100/,
      );
    });

    it.each(['loja 1', 'Ação-_.@:+', '東京', 'فروشگاه', 'दुकान', '...', '.a', 'a..b', '😀'])(
      'looks up the account name %j',
      async (name) => {
        const app = await start({ accounts: [], resolveAccount });
        tenants.set(name, { ...z, name });
        expect((await post(at(app, encodeURIComponent(name)), callback('z', zText('Hi')))).status).toBe(200);
        await start({ accounts: [untyped<AccountOptions>({ ...z, name })] });
      },
    );

    it('responds 503 and logs one line if the lookup never ends', async () => {
      const app = await start({ accounts: [], resolveAccount: () => new Promise(() => {}) });
      jest.useFakeTimers({ doNotFake: NOT_FAKED.filter((name) => !/Timeout$/.test(name)) });
      try {
        const answers = ['a', 'b', 'b'].map((name) => app.handle('z-api', name, callback('z', zText('Hi'))));
        await jest.advanceTimersByTimeAsync(9_999);
        expect(await Promise.race([...answers, 'waiting'])).toBe('waiting');
        await jest.advanceTimersByTimeAsync(1);
        for (const answer of await Promise.all(answers)) {
          expect(answer).toMatchObject({ status: 503, headers: { 'Retry-After': expect.any(String) } });
        }
      } finally {
        jest.useRealTimers();
      }
      expect(logger.lines).toEqual([
        expect.stringContaining('postponed: resolveAccount did not return within 10000 ms'),
      ]);
    });

    it('looks up nothing for an account name over 100 characters', async () => {
      const app = await start({ accounts: [], resolveAccount });
      expect([401, 404, 414]).toContain((await post(at(app, 'x'.repeat(101)), stranger({}))).status);
      expect((await app.handle('z-api', 'x'.repeat(101), callback('z', zText('Hi')))).status).toBe(401);
      expect(asked).toEqual([]);
    });

    it('looks up a repeated unknown name once', async () => {
      const app = await start({ accounts: [], resolveAccount, resolvedAccountTtlMs: 0 });
      for (let count = 0; count < 20; count += 1) {
        expect((await post(at(app, 'nobody'), stranger({}))).status).toBe(401);
      }
      expect(asked).toEqual(['nobody']);
      expect(logger.lines).toHaveLength(1);
    });

    it('keeps an unknown name for ten seconds, and only for webhooks', async () => {
      const app = await start({ accounts: [], resolveAccount });
      const hear = async () => (await post(at(app, 'tenant'), callback('z', zText('Hi')))).status;
      jest.useFakeTimers({ doNotFake: NOT_FAKED });
      try {
        expect(await hear()).toBe(401);
        tenants.set('tenant', { ...z, name: 'tenant' });
        await app.messaging.resume('tenant');
        jest.advanceTimersByTime(9_999);
        expect(await hear()).toBe(401);
        jest.advanceTimersByTime(2);
        expect(await hear()).toBe(200);
      } finally {
        jest.useRealTimers();
      }
    });

    it.each([
      ['an error', new Error('password=canary')],
      ['something else', untyped<Error>('canary')],
    ])('responds 503 if the lookup throws %s, with at most one line per kind', async (_what, thrown) => {
      const app = await start({ accounts: [], resolveAccount });
      failure = thrown;
      for (let count = 0; count < 5; count += 1) {
        const answer = await fetch(at(app, 'tenant'), { method: 'POST', body: '{}' });
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
      }
      expect((await get(at(app, 'tenant', 'whatsapp-cloud'))).status).toBe(503);
      const handled = await app.handle('z-api', 'tenant', callback('z', zText('Hi')));
      expect(handled).toMatchObject({ status: 503, headers: { 'Retry-After': expect.any(String) } });
      expect(logger.lines.length).toBeLessThanOrEqual(2);
      for (const line of logger.lines) expect(line).toMatch(/postponed: resolveAccount failed/);
      expect(logger.lines.join()).not.toContain('canary');
      failure = undefined;
      tenants.set('tenant', { ...z, name: 'tenant' });
      expect((await post(at(app, 'tenant'), callback('z', zText('Hi')))).status).toBe(200);
    });

    it('responds 503 if the account is invalid', async () => {
      const app = await start({ accounts: [], resolveAccount });
      tenants.set('tenant', { ...z, name: 'tenant', token: 5 });
      expect((await post(at(app, 'tenant'), stranger({}))).status).toBe(503);
      expect(logger.lines).toEqual([expect.stringMatching(/resolveAccount\(\)\.token/)]);
    });
  });

  it.each(['WEBHOOKS/z-api/x', 'webhooks/z-api/x', 'webhooks/Z-API/x', 'webhooks/z-api/x/'])(
    'logs at most one line for 100 rejected posts to %s',
    async (path) => {
      const output = await outputOf(async () => {
        const { url } = await start({ logger: false });
        const silent = await Promise.all(Array.from({ length: 10 }, () => post(`${url}/${path}`, stranger({}))));
        expect(silent.map(({ status }) => status).every((status) => status === 401 || status === 404)).toBe(true);
        const told = await start();
        for (let count = 0; count < 100; count += 1) await post(`${told.url}/${path}`, stranger({}));
      });
      expect(logger.lines.length).toBeLessThanOrEqual(1);
      expect(output).toBe('');
    },
  );

  it.each<[what: string, isAuthentic: (request: WebhookRequest) => boolean, calls: number]>([
    ['once if it needs no body', ({ headers }) => headers['x-acme'] === 'secret', 1],
    [
      'again if it needs the body',
      ({ headers, rawBody }) => headers['x-acme'] === 'secret' && rawBody?.length === 2,
      2,
    ],
    ['again if it failed without the body', ({ rawBody }) => Buffer.from(rawBody as Uint8Array).length === 2, 2],
  ])('calls isAuthentic of a custom provider %s', async (_what, isAuthentic, calls) => {
    let asked = 0;
    const webhook = {
      isAuthentic: (request: WebhookRequest) => {
        asked += 1;
        return isAuthentic(request);
      },
      parse: () => [],
    };
    const { url } = await start({ accounts: [custom(webhook)] });
    const { status } = await post(`${url}/webhooks/custom/acme`, stranger('{}', { 'x-acme': 'secret' }));
    expect([status, asked]).toEqual([200, calls]);
  });

  it('rejects a webhook if isAuthentic of a custom provider throws', async () => {
    const throwing = {
      isAuthentic: () => {
        throw new RangeError('Input buffers must have the same byte length');
      },
      parse: () => [],
    };
    const { url } = await start({ accounts: [custom(throwing)] });
    expect((await post(`${url}/webhooks/custom/acme`, stranger({}))).status).toBe(401);
    expect(logger.lines).toHaveLength(1);
  });
});

describe.each(REGISTRATIONS)('Webhook body limits with %s', (_way, register) => {
  const apps = new WebhookApps();
  afterEach(apps.close);

  it.each([
    { bodyTimeoutMs: 0 },
    { bodyTimeoutMs: '5s' },
    { bodyTimeoutMs: 2 ** 31 },
    { maxPendingBytes: 0 },
    { maxPendingBytes: 1.5 },
  ])('are rejected at startup as %j', async (limits) => {
    const starting = apps.start({ register, options: { webhooks: untyped(limits) } });
    await expect(starting).rejects.toMatchObject({ issues: [{ path: `webhooks.${Object.keys(limits)[0]}` }] });
  });

  it('do not affect a webhook within them', async () => {
    const webhooks = { bodyTimeoutMs: 5_000, maxPendingBytes: 1_000_000 };
    for (const [, platform] of PLATFORMS) {
      const { url } = await apps.start({ register, platform, options: { webhooks } });
      expect((await post(`${url}/webhooks/chatvolt/c`, callback('c', PRESS_OF.chatvolt()))).status).toBe(200);
    }
  });
});
