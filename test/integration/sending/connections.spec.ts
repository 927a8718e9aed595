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

describe.each(PROVIDERS)('connections of %s', (provider) => {
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

  it('nobody listens', async () => {
    const error = await failure(`http://${await closedPort()}`);
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryable: true });
  });

  it('nobody has the name', async () => {
    const error = await failure('https://nobody.invalid');
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryable: true });
  });

  it('no TLS on the other side', async () => {
    const error = await failure(server.url.replace('http:', 'https:'));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.outcome).toBe('not-sent');
    expect(server.requests).toEqual([]);
  });

  it('TLS that is not answered in time', async () => {
    const tcp = await TcpServer.start(() => undefined);
    const error = await failure(`https://${tcp.host}`, { timeoutMs: 150 });
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.outcome).toBe('not-sent');
    await tcp.close();
  });

  it.each([
    ['no answer', silence],
    ['half an answer', stall],
  ])('%s in time', async (_name, reply) => {
    server.always(reply);
    const error = await failure(server.url, { timeoutMs: 100 });
    expect(error).toBeInstanceOf(UnknownOutcomeError);
    expect(error).toMatchObject({ outcome: 'unknown', code: 'unknown-outcome' });
  });

  it('the time of one attempt comes from the module too', async () => {
    server.always(silence);
    const app = await openAppWithoutRetries({ accounts: oneOfEach(server.url), http: { timeoutMs: 100 } });
    expect(await errorOf(SENDS[provider](app))).toBeInstanceOf(UnknownOutcomeError);
    await app.close();
  });

  it('something that is not HTTP answers', async () => {
    const tcp = await TcpServer.start((socket) => socket.once('data', () => socket.end('220 smtp ready\r\n\r\n')));
    expect(await failure(`http://${tcp.host}`)).toBeInstanceOf(UnknownOutcomeError);
    await tcp.close();
  });

  it('is aborted before the request', async () => {
    const error = await failure(server.url, { signal: AbortSignal.abort() });
    expect(error).toBeInstanceOf(SendAbortedError);
    expect(error).toMatchObject({ code: 'send-aborted', outcome: 'not-sent' });
    expect(server.requests).toEqual([]);
  });

  it('is aborted after the request', async () => {
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

    it.each([429, 503])('repeats a %s', (status) =>
      withRetry({}, async (send) => {
        server.next({ status, headers: { 'Retry-After': '0' } }, { status, headers: { 'Retry-After': '0' } });
        expect(await send()).toMatchObject({ messageId: 'MESSAGE1' });
        expect(server.requests).toHaveLength(3);
        expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
      }),
    );

    it('gives up after the last attempt', () =>
      withRetry({}, async (send) => {
        server.always({ status: 429 });
        expect(await errorOf(send())).toBeInstanceOf(RateLimitedError);
        expect(server.requests).toHaveLength(3);
      }));

    it('never repeats an unknown outcome', () =>
      withRetry({}, async (send) => {
        server.next(hangUp);
        expect(await errorOf(send())).toBeInstanceOf(UnknownOutcomeError);
        expect(server.requests).toHaveLength(1);
      }));

    it.each([400, 409])('never repeats a %s', (status) =>
      withRetry({}, async (send) => {
        server.always({ status });
        await errorOf(send());
        expect(server.requests).toHaveLength(1);
      }),
    );

    it('repeats an unknown outcome where told so', () =>
      withRetry({ unknownOutcome: 'resend' }, async (send) => {
        server.next(hangUp, { status: 500 });
        expect(await send()).toMatchObject({ messageId: 'MESSAGE1' });
        expect(server.requests).toHaveLength(3);
      }));

    it('does not wait for a Retry-After beyond the longest wait', () =>
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

describe('reads', () => {
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
  ])('%s is repeated after a lost answer', async (_name, read, body) => {
    const server = await FakeProvider.start();
    server.next(hangUp, { status: 500 }).always({ body: JSON.stringify(body) });
    const app = await openAppWithoutRetries({ accounts: oneOfEach(server.url), retry: { attempts: 3, ...quick } });
    await read(app);
    expect(server.requests).toHaveLength(3);
    await app.close();
    await server.close();
  });
});
