import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ProviderUnavailableError,
  RateLimitedError,
  SendAbortedError,
  UnknownOutcomeError,
} from '../../../lib/index.js';
import { oneOfEach } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { ACCEPTED, hangUp, type Provider, SENDS, silence, stall } from '../../support/responses.js';
import { closedPort, TcpServer } from '../../support/tcp-server.js';
import { openAppWithoutRetries } from '../../support/test-app.js';

const PROVIDERS: Provider[] = ['z-api', 'chatvolt', 'whatsapp-cloud'];
const quick = { baseDelayMs: 1, maxDelayMs: 50 };

describe.each(PROVIDERS)('Connections of %s', (provider) => {
  let server: FakeProvider;
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  beforeEach(() => void server.reset().always({ body: ACCEPTED[provider] }));
  afterAll(() => server.close());

  async function failure(baseUrl: string, options = {}) {
    const app = await openAppWithoutRetries({ accounts: oneOfEach(baseUrl) });
    try {
      return await errorOf(SENDS[provider](app, options));
    } finally {
      await app.close();
    }
  }

  it('reports not-sent when the connection is refused', async () => {
    const error = await failure(`http://${await closedPort()}`);
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryable: true });
  });

  it('reports not-sent when the host name does not resolve', async () => {
    const error = await failure('https://nobody.invalid');
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryable: true });
  });

  it('reports not-sent when the server does not speak TLS', async () => {
    const error = await failure(server.url.replace('http:', 'https:'));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.outcome).toBe('not-sent');
    expect(server.requests).toEqual([]);
  });

  it('reports not-sent when the TLS handshake times out', async () => {
    const tcp = await TcpServer.start(() => undefined);
    const error = await failure(`https://${tcp.host}`, { timeoutMs: 150 });
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.outcome).toBe('not-sent');
    await tcp.close();
  });

  it.each([
    ['no response arrives', silence],
    ['only half a response arrives', stall],
  ])('reports an unknown outcome when %s within the timeout', async (_name, reply) => {
    server.always(reply);
    const error = await failure(server.url, { timeoutMs: 100 });
    expect(error).toBeInstanceOf(UnknownOutcomeError);
    expect(error).toMatchObject({ outcome: 'unknown', code: 'unknown-outcome' });
  });

  it('applies http.timeoutMs of the module', async () => {
    server.always(silence);
    const app = await openAppWithoutRetries({ accounts: oneOfEach(server.url), http: { timeoutMs: 100 } });
    expect(await errorOf(SENDS[provider](app))).toBeInstanceOf(UnknownOutcomeError);
    await app.close();
  });

  it('reports an unknown outcome when the response is not HTTP', async () => {
    const tcp = await TcpServer.start((socket) => socket.once('data', () => socket.end('220 smtp ready\r\n\r\n')));
    expect(await failure(`http://${tcp.host}`)).toBeInstanceOf(UnknownOutcomeError);
    await tcp.close();
  });

  it('reports not-sent when aborted before the request', async () => {
    const error = await failure(server.url, { signal: AbortSignal.abort() });
    expect(error).toBeInstanceOf(SendAbortedError);
    expect(error).toMatchObject({ code: 'send-aborted', outcome: 'not-sent' });
    expect(server.requests).toEqual([]);
  });

  it('reports an unknown outcome when aborted after the request', async () => {
    const abort = new AbortController();
    server.always(() => abort.abort());
    const error = await failure(server.url, { signal: abort.signal });
    expect(error).toBeInstanceOf(SendAbortedError);
    expect(error.outcome).toBe('unknown');
    expect(server.requests).toHaveLength(1);
  });

  describe('with several attempts', () => {
    async function withRetry(retry: object, act: (send: (options?: object) => Promise<unknown>) => Promise<void>) {
      const app = await openAppWithoutRetries({
        accounts: oneOfEach(server.url),
        retry: { attempts: 3, ...quick, ...retry },
      });
      await act((options) => SENDS[provider](app, options));
      await app.close();
    }

    it.each([429, 503])('retries a %s with Retry-After', (status) =>
      withRetry({}, async (send) => {
        server.next({ status, headers: { 'Retry-After': '0' } }, { status, headers: { 'Retry-After': '0' } });
        expect(await send()).toMatchObject({ messageId: 'MESSAGE1' });
        expect(server.requests).toHaveLength(3);
        expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
      }),
    );

    it('throws the last error after the last attempt', () =>
      withRetry({}, async (send) => {
        server.always({ status: 429 });
        expect(await errorOf(send())).toBeInstanceOf(RateLimitedError);
        expect(server.requests).toHaveLength(3);
      }));

    it('does not retry an unknown outcome', () =>
      withRetry({}, async (send) => {
        server.next(hangUp);
        expect(await errorOf(send())).toBeInstanceOf(UnknownOutcomeError);
        expect(server.requests).toHaveLength(1);
      }));

    it.each([400, 409])('does not retry a %s', (status) =>
      withRetry({}, async (send) => {
        server.always({ status });
        await errorOf(send());
        expect(server.requests).toHaveLength(1);
      }),
    );

    it('retries an unknown outcome with unknownOutcome: "resend"', () =>
      withRetry({ unknownOutcome: 'resend' }, async (send) => {
        server.next(hangUp, { status: 500 });
        expect(await send()).toMatchObject({ messageId: 'MESSAGE1' });
        expect(server.requests).toHaveLength(3);
      }));

    it('does not wait for a Retry-After longer than maxDelayMs', () =>
      withRetry({}, async (send) => {
        server.always({ status: 429, headers: { 'Retry-After': '60' } });
        const error = await errorOf(send());
        expect(error).toBeInstanceOf(RateLimitedError);
        expect(error.retryAfterMs).toBe(60_000);
        expect(server.requests).toHaveLength(1);
      }));

    it('does not wait for a Retry-After beyond the deadline', () =>
      withRetry({ maxDelayMs: 100_000 }, async (send) => {
        server.always({ status: 429, headers: { 'Retry-After': '60' } });
        const error = await errorOf(send({ deadlineMs: 5_000 }));
        expect(error).toBeInstanceOf(RateLimitedError);
        expect(error.retryAfterMs).toBe(60_000);
        expect(server.requests).toHaveLength(1);
      }));
  });
});

describe('Reads', () => {
  it.each([
    [
      'status',
      (app: Awaited<ReturnType<typeof openAppWithoutRetries>>) => app.zApi.status(),
      { connected: true, smartphoneConnected: true },
    ],
    [
      'phoneExists',
      (app: Awaited<ReturnType<typeof openAppWithoutRetries>>) => app.zApi.phoneExists('5511999999999'),
      [{ exists: true, phone: '5511999999999' }],
    ],
    [
      'findConversation',
      (app: Awaited<ReturnType<typeof openAppWithoutRetries>>) =>
        app.chatvolt.findConversation({ phone: '5511999999999' }),
      [],
    ],
  ])('retries %s after a lost response', async (_name, read, body) => {
    const server = await FakeProvider.start();
    server.next(hangUp, { status: 500 }).always({ body: JSON.stringify(body) });
    const app = await openAppWithoutRetries({ accounts: oneOfEach(server.url), retry: { attempts: 3, ...quick } });
    await read(app);
    expect(server.requests).toHaveLength(3);
    await app.close();
    await server.close();
  });
});
