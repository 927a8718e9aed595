import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  AuthenticationError,
  PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  RecipientNotFoundError,
  SubscriptionError,
  UnknownOutcomeError,
  WindowClosedError,
} from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, zApiAccount } from '../../support/accounts.js';
import { messageTo } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider, type FakeResponse } from '../../support/fake-provider.js';
import {
  acceptedBy,
  cutBody,
  cutChunks,
  cutHead,
  drip,
  garbage,
  hangUp,
  headOnly,
  reset,
  silence,
} from '../../support/responses.js';
import { closedPort, TcpServer } from '../../support/tcp-server.js';
import { OpenApps, type TestApp } from '../../support/test-app.js';
import { timed } from '../../support/time.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
const TIMEOUT_MS = 400;
const options = { retry: { baseDelayMs: 1 }, breaker: false, http: { timeoutMs: TIMEOUT_MS } } as const;

let server: FakeProvider;
beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => void server.reset());
afterEach(apps.close);

const TO = { zap: '5511999990000', meta: '5511999990000', volt: { conversation: 'conv-1' } };
type Name = keyof typeof TO;

function open(): Promise<TestApp> {
  const accounts = [zApiAccount(server.url), cloudAccount(server.url), chatvoltAccount(server.url)];
  return apps.open({ accounts, ...options });
}

async function failureAt(account: Name, reply: FakeResponse) {
  server.always(reply);
  const { messaging } = await open();
  return errorOf(messaging.send(messageTo(TO[account]), { account }));
}

const big = 'x'.repeat(1_100_000);
const meta = (code: number, status = 400): FakeResponse => ({
  status,
  body: { error: { message: `(#${code}) Some words`, type: 'OAuthException', code } },
});
const NAMES: Name[] = ['zap', 'meta', 'volt'];

describe('Send without a connection', () => {
  const unavailable = { outcome: 'not-sent', retryable: true, code: 'provider-unavailable' };

  it('reports not-sent when the connection is refused', async () => {
    const { messaging } = await apps.open({ ...options, accounts: [zApiAccount(`http://${await closedPort()}`)] });
    const error = await errorOf(messaging.send(messageTo()));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({ ...unavailable, provider: 'z-api', account: 'zap' });
  });

  it('reports not-sent when the host name does not resolve', async () => {
    const accounts = [zApiAccount('https://nobody.invalid')];
    const { messaging } = await apps.open({ ...options, accounts, http: { timeoutMs: 3000 } });
    const error = await errorOf(messaging.send(messageTo()));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject(unavailable);
  });

  it('reports not-sent after retries when the TLS handshake times out', async () => {
    const raw = await TcpServer.silent();
    const { messaging } = await apps.open({ ...options, accounts: [zApiAccount(raw.tlsUrl)] });
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo())));
    await raw.close();
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject(unavailable);
    expect(raw.connections).toBeGreaterThanOrEqual(1);
    expect(ms).toBeGreaterThanOrEqual(3 * TIMEOUT_MS - 5);
    expect(ms).toBeLessThan(3 * TIMEOUT_MS + 3000);
  });

  it('reports not-sent when the server does not speak TLS', async () => {
    const raw = await TcpServer.start((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const { messaging } = await apps.open({ ...options, accounts: [zApiAccount(raw.tlsUrl)] });
    const error = await errorOf(messaging.send(messageTo()));
    await raw.close();
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.outcome).toBe('not-sent');
  });
});

describe('Send without a readable response', () => {
  const cases: [string, FakeResponse][] = [
    ['a reset', reset],
    ['a connection closed without a response', hangUp],
    ['response headers cut off', cutHead],
    ['a response body cut off', cutBody],
    ['a chunked response without its end', cutChunks],
    ['a response that is not HTTP', garbage],
    ['a timeout', silence],
    ['response headers without a body', headOnly],
    ['a response that never completes', drip],
    ['an empty 500', { status: 500 }],
    ['an HTML 500', { status: 500, body: '<html>Oops</html>' }],
    ['a 502', { status: 502, body: 'Bad Gateway' }],
    ['a 503 without Retry-After', { status: 503, body: {} }],
    ['a 504', { status: 504, body: { error: 'upstream timed out' } }],
  ];

  describe.each(NAMES)('at account %s', (account) => {
    it.each(cases)('reports an unknown outcome after %s and does not retry', async (_name, reply) => {
      const { value: error, ms } = await timed(() => failureAt(account, reply));
      expect(error).toBeInstanceOf(UnknownOutcomeError);
      expect(error).toMatchObject({ outcome: 'unknown', code: 'unknown-outcome', account });
      expect(error.retryable).toBe(false);
      expect(server.requests).toHaveLength(1);
      expect(ms).toBeLessThan(TIMEOUT_MS + 3000);
    });
  });

  describe.each(['zap', 'meta'] as const)('at account %s', (account) => {
    it.each<[string, FakeResponse]>([
      ['of HTML', { body: '<html>Welcome</html>' }],
      ['of truncated JSON', { body: '{"messageId":"MESS' }],
      ['that is empty', { body: '' }],
      ['with neither IDs nor error', { body: { fine: true } }],
      ['with empty IDs', { body: { messageId: '', messages: [] } }],
      ['over 1 MiB', { body: { messageId: 'MESSAGE1', messages: [{ id: 'wamid.1' }], big } }],
    ])('reports an unknown outcome after a 200 %s', async (_name, reply) => {
      const error = await failureAt(account, reply);
      expect(error).toBeInstanceOf(UnknownOutcomeError);
      expect(server.requests).toHaveLength(1);
    });
  });

  it('reports an unknown outcome when the connection ends during the request', async () => {
    let heads = 0;
    const raw = await TcpServer.start((socket) => {
      socket.once('data', () => {
        heads += 1;
        socket.resetAndDestroy();
      });
    });
    const { messaging } = await apps.open({ ...options, accounts: [zApiAccount(raw.url)] });
    const error = await errorOf(messaging.send(messageTo()));
    await raw.close();
    expect(error).toBeInstanceOf(UnknownOutcomeError);
    expect(heads).toBe(1);
  });

  it('ends after timeoutMs', async () => {
    server.always(silence);
    const { messaging } = await open();
    const { value: error, ms } = await timed(() => errorOf(messaging.send(messageTo(), { account: 'zap' })));
    expect(error.outcome).toBe('unknown');
    expect(ms).toBeGreaterThanOrEqual(TIMEOUT_MS - 1);
    const shorter = await timed(() => errorOf(messaging.send(messageTo(), { account: 'zap', timeoutMs: 100 })));
    expect(shorter.value.outcome).toBe('unknown');
    expect(shorter.ms).toBeGreaterThanOrEqual(99);
    expect(shorter.ms).toBeLessThan(TIMEOUT_MS);
  });
});

describe('Rejected send', () => {
  const refused: [Name, string, FakeResponse, new (...given: never[]) => Error, number][] = [
    ['zap', 'a 400', { status: 400, body: { error: 'bad' } }, ProviderRejectedError, 1],
    ['zap', 'an empty 422', { status: 422 }, ProviderRejectedError, 1],
    ['zap', 'a redirect', { status: 307, headers: { Location: '/elsewhere' } }, ProviderRejectedError, 1],
    ['zap', 'a 200 with an error', { body: { error: 'no' } }, ProviderRejectedError, 1],
    ['zap', 'a 200 with value false', { body: { value: false } }, ProviderRejectedError, 1],
    ['zap', 'a wrong token', { status: 400, body: { error: 'Instance not found' } }, AuthenticationError, 1],
    [
      'zap',
      'an IP address that is not allowed',
      { status: 403, body: { error: '[203.0.113.9] not allowed' } },
      PermissionError,
      1,
    ],
    [
      'zap',
      'a lapsed subscription',
      { status: 400, body: { error: 'To continue sending a message, you must subscribe to this instance again' } },
      SubscriptionError,
      1,
    ],
    ['zap', 'a 429', { status: 429 }, RateLimitedError, 3],
    ['zap', 'a 503 with Retry-After', { status: 503, headers: { 'Retry-After': '0' } }, ProviderUnavailableError, 3],
    ['volt', 'a 401', { status: 401, body: { error: 'x' } }, AuthenticationError, 1],
    ['volt', 'a plain 403', { status: 403, body: 'Forbidden' }, AuthenticationError, 1],
    ['volt', 'a 403', { status: 403, body: { error: 'not yours' } }, PermissionError, 1],
    ['volt', 'a 402', { status: 402 }, SubscriptionError, 1],
    ['volt', 'a 404', { status: 404, body: { error: 'gone' } }, RecipientNotFoundError, 1],
    ['volt', 'a 406', { status: 406, body: { error: 'ERR_META_SESSION_EXPIRED_24H' } }, WindowClosedError, 1],
    ['volt', 'a Meta code in a 500', { status: 500, body: { error: '(#131009) Invalid' } }, ProviderRejectedError, 1],
    ['volt', 'code 131047 in a 500', { status: 500, body: { error: 'failed: 131047' } }, WindowClosedError, 1],
    ['volt', 'a 429', { status: 429, headers: { 'Retry-After': '0' } }, RateLimitedError, 3],
    ['meta', 'code 0', meta(0, 401), AuthenticationError, 1],
    ['meta', 'code 190', meta(190, 401), AuthenticationError, 1],
    ['meta', 'code 10', meta(10, 403), PermissionError, 1],
    ['meta', 'code 250', meta(250, 403), PermissionError, 1],
    ['meta', 'code 131026', meta(131026), RecipientNotFoundError, 1],
    ['meta', 'code 131047', meta(131047), WindowClosedError, 1],
    ['meta', 'code 131009', meta(131009), ProviderRejectedError, 1],
    ['meta', 'code 131009 in a 500', meta(131009, 500), ProviderRejectedError, 1],
    ['meta', 'code 130429', meta(130429, 429), RateLimitedError, 3],
    ['meta', 'code 131000', meta(131000, 500), ProviderUnavailableError, 3],
    ['meta', 'code 131016', meta(131016, 503), ProviderUnavailableError, 3],
    ['meta', 'code 2', meta(2, 500), ProviderUnavailableError, 3],
  ];

  it.each(refused)('reports not-sent at %s for %s', async (account, _name, reply, kind, requests) => {
    const error = await failureAt(account, reply);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ outcome: 'not-sent', account, retryable: requests > 1 });
    expect(server.requests).toHaveLength(requests);
  });

  it('reports status, code and message of the provider', async () => {
    const error = await failureAt('meta', meta(131026, 400));
    expect(error).toMatchObject({ status: 400, providerCode: '131026', provider: 'whatsapp-cloud', account: 'meta' });
    expect(error.providerMessage).toContain('Some words');
  });
});

describe('Accepted send', () => {
  it.each<[Name, string, FakeResponse]>([
    ['zap', 'a response with IDs and an error', { body: { messageId: 'MESSAGE1', error: 'queued late' } }],
    ['zap', 'a 201', { status: 201, body: { zaapId: 'ZAAP1' } }],
    ['meta', 'a response with IDs', acceptedBy('whatsapp-cloud')],
    ['volt', 'a response with IDs', acceptedBy('chatvolt')],
    ['volt', 'an empty 200', { body: '' }],
    ['volt', 'a 200 of unknown shape', { body: { whatever: 1 } }],
  ])('returns a result at %s for %s after one request', async (account, _name, reply) => {
    server.always(reply);
    const { messaging } = await open();
    const sent = await messaging.send(messageTo(TO[account]), { account });
    expect(sent).toMatchObject({ account, attempts: 1, id: expect.any(String), acceptedAt: expect.any(Date) });
    expect(server.requests).toHaveLength(1);
  });

  it('opens a new connection when the provider closed the last', async () => {
    server.always({ ...acceptedBy('z-api'), headers: { Connection: 'close' } });
    const { messaging } = await open();
    for (let round = 0; round < 5; round += 1) await messaging.send(messageTo(), { account: 'zap' });
    expect(server.requests).toHaveLength(5);
  });
});
