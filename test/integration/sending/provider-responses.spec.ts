import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ProviderUnavailableError, RateLimitedError } from '../../../lib/index.js';
import { oneOfEach } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { ACCEPTED, type Provider, SENDS } from '../../support/responses.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { CLASSES, empty, json, Row, SLOWING, TABLES } from './provider-responses.table.js';

describe('Provider responses', () => {
  let server: FakeProvider;
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  beforeEach(() => void server.reset());
  afterAll(() => server.close());

  /** Uses a separate application because this response delays the sends after it. */
  async function expectAlone(provider: Provider, row: Row): Promise<void> {
    const app = await openAppWithoutRetries({ accounts: oneOfEach(server.url) });
    await expectRow(app, provider, row).finally(() => app.close());
  }

  async function expectRow(app: TestApp, provider: Provider, [, reply, code, known = {}]: Row): Promise<void> {
    server.always(reply);
    const error = await errorOf(SENDS[provider](app));
    const [type, retryable, outcome] = CLASSES[code];
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ code, outcome, provider, name: type.name, account: expect.any(String), ...known });
    if (retryable !== undefined) expect(error.retryable).toBe(retryable);
    expect(error).not.toHaveProperty('cause');
    expect(server.requests).toHaveLength(1);
  }

  describe.each(TABLES)('%s', (provider, rows) => {
    let app: TestApp;
    beforeAll(async () => {
      app = await openAppWithoutRetries({ accounts: oneOfEach(server.url), breaker: false });
    });
    afterAll(() => app.close());

    it.each(rows)('throws the documented error for %s', (...row) =>
      SLOWING.has(row[2]) ? expectAlone(provider, row) : expectRow(app, provider, row),
    );

    it.each([
      [429, RateLimitedError],
      [503, ProviderUnavailableError],
    ])('reads Retry-After as a date in a %s', async (status, type) => {
      server.always(empty(status, { 'Retry-After': new Date(Date.now() + 20_000).toUTCString() }));
      const alone = await openAppWithoutRetries({ accounts: oneOfEach(server.url) });
      const error = await errorOf(SENDS[provider](alone)).finally(() => alone.close());
      expect(error).toBeInstanceOf(type);
      expect(error.retryAfterMs).toBeGreaterThan(17_000);
      expect(error.retryAfterMs).toBeLessThanOrEqual(20_000);
    });

    it.each([200, 201, 202])('accepts a %s with IDs and an error', async (status) => {
      server.always(json(status, { ...ACCEPTED[provider], error: 'You are already connected', value: false }));
      expect(await SENDS[provider](app)).toMatchObject({ messageId: 'MESSAGE1' });
    });
  });

  it.each([
    ['an empty 200', empty(200)],
    ['an empty object', json(200, {})],
    ['success: true', json(201, { success: true })],
    ['a 204', empty(204)],
  ])('Chatvolt accepts %s without an ID', async (_name, reply) => {
    const app = await openAppWithoutRetries({ accounts: oneOfEach(server.url) });
    server.always(reply);
    expect(await SENDS.chatvolt(app)).not.toHaveProperty('messageId');
    await app.close();
  });

  it.each([{ messageId: 'M1' }, { zaapId: 'Z1' }])('Z-API accepts %j as the only ID', async (body) => {
    const app = await openAppWithoutRetries({ accounts: oneOfEach(server.url) });
    server.always(json(200, body));
    expect(await SENDS['z-api'](app)).toEqual(body);
    await app.close();
  });

  it.each(REGISTRATIONS)('are read the same by an application registered by %s', async (_name, register) => {
    const app = await openAppWithoutRetries({ accounts: oneOfEach(server.url) }, { register });
    for (const [provider, rows] of TABLES) {
      for (const row of rows.slice(-3)) {
        server.reset();
        await expectRow(app, provider, row);
      }
    }
    await app.close();
  });
});
