import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ButtonMessagingHealthIndicator, ButtonMessagingHealthModule } from '../../../lib/health/index.js';
import { ConfigurationError } from '../../../lib/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { hangUp, silence } from '../../support/responses.js';
import { closedPort } from '../../support/tcp-server.js';
import { timed, until } from '../../support/time.js';
import { PLATFORMS } from '../../support/webhook-app.js';
import { HealthApp, type HealthAppSetup } from './health-app.js';

jest.setTimeout(30_000);

const SECRETS = {
  token: 'canary-token',
  clientToken: 'canary-client',
  apiKey: 'canary-key',
  accessToken: 'canary-access',
};

const CONNECTED = { connected: true, smartphoneConnected: true, error: 'You are already connected' };
const HEALTHY: FakeResponse = (request, response) => {
  const body = request.url.endsWith('/status') ? CONNECTED : { id: '1055', name: 'Ana' };
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};

describe('ButtonMessagingHealthIndicator', () => {
  let server: FakeProvider;
  let app: HealthApp | undefined;
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  beforeEach(() => void server.reset().always(HEALTHY));
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(() => server.close());

  const all = (url = server.url) => [
    zApiAccount(url, { token: SECRETS.token, clientToken: SECRETS.clientToken }),
    chatvoltAccount(url, { apiKey: SECRETS.apiKey }),
    cloudAccount(url, { accessToken: SECRETS.accessToken }),
  ];
  const start = async (setup: Partial<HealthAppSetup> = {}) => {
    app = await HealthApp.start({ messaging: { accounts: all() }, ...setup });
    return app;
  };
  const paths = () => server.requests.map(({ method, url }) => `${method} ${url.replace(SECRETS.token, '…')}`).sort();

  it.each(
    PLATFORMS.flatMap(([name, platform]) =>
      REGISTRATIONS.map(([how, register]) => ({ name, how, platform, register })),
    ),
  )('makes the cheapest call to each provider on $name with $how', async ({ platform, register }) => {
    const started = await start({ platform, register });
    const { status, details } = await started.check();
    expect(status).toBe(200);
    expect(details.messaging).toEqual({
      status: 'up',
      accounts: {
        zap: { status: 'up', provider: 'z-api' },
        volt: { status: 'up', provider: 'chatvolt' },
        meta: { status: 'up', provider: 'whatsapp-cloud' },
      },
    });
    expect(paths()).toEqual([
      'GET /agents/agent-123',
      'GET /instances/INSTANCE/token/…/status',
      'GET /v26.0/1055?fields=display_phone_number%2Cverified_name',
    ]);
  });

  it('reports up with the simulator', async () => {
    const simulator = await GatewaySimulator.start();
    const started = await start({ messaging: { accounts: simulator.accounts() } });
    expect((await started.check()).details.messaging?.status).toBe('up');
    await simulator.close();
  });

  it.each<[account: string, reply: FakeResponse, code: string | undefined, reason: RegExp]>([
    [
      'zap',
      { body: { connected: false, error: 'You are not connected.' } },
      undefined,
      /not connected to WhatsApp: You are/,
    ],
    [
      'zap',
      { status: 403, body: { error: `Client-Token not allowed: ${SECRETS.clientToken}` } },
      'authentication',
      /./,
    ],
    ['zap', { body: { connected: false, error: `Bad ${SECRETS.token}` } }, undefined, /Bad \[secret\]/],
    ['zap', hangUp, 'provider-unavailable', /did not respond to the request status/],
    ['volt', { status: 401, body: { error: 'UNAUTHORIZED' } }, 'authentication', /UNAUTHORIZED/],
    ['volt', { status: 402, body: { error: 'x' } }, 'subscription', /./],
    [
      'meta',
      { status: 400, body: { error: { message: `Bad ${SECRETS.accessToken}`, code: 190 } } },
      'authentication',
      /Bad \[secret\]/,
    ],
    ['meta', { body: {} }, 'provider-unavailable', /./],
    ['meta', { body: '<html>' }, 'provider-unavailable', /./],
  ])('reports why account %s is down, with details: true', async (account, reply, code, reason) => {
    server.always(reply);
    const started = await start({ health: ButtonMessagingHealthModule.forRoot({ details: true }) });
    const { status, details, text } = await started.check(`?account=${account}`);
    expect(status).toBe(503);
    expect(details.messaging?.accounts).toEqual({
      [account]: {
        status: 'down',
        provider: expect.any(String),
        ...(code !== undefined && { code }),
        reason: expect.stringMatching(reason),
      },
    });
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
  });

  it.each<[account: string, reply: FakeResponse, reason: string]>([
    [
      'zap',
      { body: { connected: false, error: 'Paired with +5511987654321' } },
      'the instance is not connected to WhatsApp',
    ],
    ['zap', { status: 400, body: { error: 'No 5511987654321 here' } }, 'z-api rejected the request (status 400)'],
    [
      'volt',
      { status: 401, body: { error: 'UNAUTHORIZED 5511987654321' } },
      'chatvolt rejected the request (status 401)',
    ],
    [
      'meta',
      { status: 400, body: { error: { message: 'Object 5511987654321 does not exist', code: 100 } } },
      'whatsapp-cloud rejected the request (status 400)',
    ],
  ])("reports why account %s is down without the provider's text by default", async (account, reply, reason) => {
    server.always(reply);
    const started = await start();
    const { status, details, text } = await started.check(`?account=${account}`);
    expect(status).toBe(503);
    expect(details.messaging?.accounts).toMatchObject({ [account]: { status: 'down', reason } });
    expect(text).not.toMatch(/5511987654321|987654321/);
  });

  it('reports down if one account is down, with the status of each account', async () => {
    const dead = `http://${await closedPort()}`;
    const accounts = [...all(), zApiAccount(dead, { name: 'dead' })];
    const started = await start({ messaging: { accounts } });
    const { status, details } = await started.check();
    expect(status).toBe(503);
    expect(details.messaging).toMatchObject({
      status: 'down',
      accounts: { zap: { status: 'up' }, dead: { status: 'down', provider: 'z-api', code: 'provider-unavailable' } },
    });
  });

  it('requests a conversation of a Chatvolt account without an agent', async () => {
    const { agentId, ...account } = chatvoltAccount(server.url);
    server.always({ body: [] });
    const started = await start({ messaging: { accounts: [account] } });
    expect((await started.check()).status).toBe(200);
    expect(paths()).toEqual(['GET /conversation?limit=1']);
  });

  it('reports an unknown account without naming the others', async () => {
    const started = await start();
    const { status, details, text } = await started.check('?account=ghost');
    expect(status).toBe(503);
    expect(details.messaging?.accounts).toMatchObject({ ghost: { status: 'down', code: 'unknown-account' } });
    expect(text).not.toMatch(/zap|volt|meta/);
    expect(server.requests).toEqual([]);
  });

  it('checks the accounts of resolveAccount by name', async () => {
    const resolveAccount = (name: string) =>
      name === 'broken' ? Promise.reject(new TypeError(SECRETS.token)) : zApiAccount(server.url, { name });
    const started = await start({ messaging: { accounts: [], resolveAccount } });
    expect((await started.check()).details.messaging).toEqual({ status: 'up', accounts: {} });
    expect((await started.check('?account=tenant')).status).toBe(200);
    const { text } = await started.check('?account=broken');
    expect(text).toContain('TypeError');
    expect(text).not.toContain(SECRETS.token);
  });

  it('calls each provider once for all checks within cacheMs', async () => {
    const started = await start({ health: ButtonMessagingHealthModule.forRoot({ cacheMs: 60_000 }) });
    const answers = await Promise.all(Array.from({ length: 20 }, () => started.check()));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    server.always({ status: 401, body: { error: 'x' } });
    expect((await started.check('?account=zap')).status).toBe(200);
    expect(server.requests).toHaveLength(3);
  });

  it('calls the provider again after cacheMs', async () => {
    const started = await start({ health: ButtonMessagingHealthModule.forRoot({ cacheMs: 50 }) });
    expect((await started.check()).status).toBe(200);
    server.always({ status: 401, body: { error: 'x' } });
    await until(async () => (await started.check()).status === 503);
    server.always(HEALTHY);
    await until(async () => (await started.check()).status === 200);
  });

  it('calls each provider at every check with cacheMs: 0', async () => {
    const health = ButtonMessagingHealthModule.forRootAsync({ useFactory: async () => ({ cacheMs: 0 }) });
    const started = await start({ health });
    for (const count of [3, 6, 9]) {
      await started.check();
      expect(server.requests).toHaveLength(count);
    }
  });

  it('reports down after timeoutMs', async () => {
    server.always(silence);
    const never = () => new Promise<undefined>(() => {});
    const started = await start({
      messaging: { accounts: all(), resolveAccount: never, retry: { attempts: 3 } },
      health: ButtonMessagingHealthModule.forRoot({ timeoutMs: 200 }),
    });
    for (const path of ['', '?account=tenant']) {
      const { value, ms } = await timed(() => started.check(path));
      expect(value.status).toBe(503);
      expect(ms).toBeLessThan(4_000);
    }
  });

  it('can be called directly, without HealthCheckService', async () => {
    const started = await start();
    const result = await started.get(ButtonMessagingHealthIndicator).check('whatsapp', 'zap');
    expect(result).toEqual({ whatsapp: { status: 'up', accounts: { zap: { status: 'up', provider: 'z-api' } } } });
  });

  it.each([{ cacheMs: -1 }, { timeoutMs: 0 }, { timeoutMs: Number.NaN }])('rejects the options %j', async (options) => {
    const error = await errorOf(start({ health: ButtonMessagingHealthModule.forRoot(options) }));
    expect(error).toBeInstanceOf(ConfigurationError);
  });
});
