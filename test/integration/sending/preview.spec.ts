import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ButtonMessage, ButtonMessageOptions } from '../../../lib/index.js';
import { chatvoltAccount, cloudAccount, oneOfEach, zApiAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { FakeProvider, type ReceivedRequest } from '../../support/fake-provider.js';
import { REGISTRATIONS } from '../../support/registrations.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { call, IDS, MAPPED, message, phone, reply, toConversation, UNSUPPORTED, url } from './button-message.table.js';

type Options = Pick<ButtonMessageOptions, 'mixed' | 'fallback'>;

/** Messages that are supported with these options only. */
const DEGRADED: [account: string, what: string, given: Partial<ButtonMessage>, options: Options][] = [
  [
    'zap',
    'mixed buttons, split',
    { buttons: [reply('a'), url], header: { text: 'Top' }, footer: 'End' },
    { mixed: 'split' },
  ],
  ['meta', 'mixed buttons, split', { buttons: [reply('a'), url] }, { mixed: 'split' }],
  ['volt', 'mixed buttons, split', { to: toConversation, buttons: [reply('a'), url] }, { mixed: 'split' }],
  ['zap', 'mixed buttons as text', { buttons: [reply('a'), url] }, { fallback: 'text' }],
  ['meta', 'a call button as text', { buttons: [call] }, { fallback: 'text' }],
  ['volt', 'a phone number as text', { buttons: [call] }, { fallback: 'text' }],
];

/** Converts a received request into the form of a preview. */
function seen({ method, url: path, body }: ReceivedRequest) {
  return { method, path: path.replace('INSTANCETOKEN', '[secret]'), body: JSON.parse(body) };
}

describe('ButtonMessagingService.preview', () => {
  let server: FakeProvider;
  let app: TestApp;
  let own: TestApp | undefined;
  beforeAll(async () => {
    server = await FakeProvider.start();
    app = await openAppWithoutRetries({ accounts: oneOfEach(server.url) });
  });
  beforeEach(() => void server.reset().always({ body: IDS }));
  afterEach(async () => {
    await own?.close();
    own = undefined;
  });
  afterAll(async () => {
    await app.close();
    await server.close();
  });

  const of = async (account: string, given: ButtonMessage, options: Options = {}, started = app) => {
    const preview = (await started.messaging.preview(given, options)).find((entry) => entry.account === account);
    if (!preview) throw new Error(`There is no preview of ${account}`);
    return preview;
  };

  const ALL = [...MAPPED.map(([account, what, given]) => [account, what, given, {}] as const), ...DEGRADED];
  it.each(ALL)('shows for %s the requests that are then sent: %s', async (account, _what, given, options) => {
    const preview = await of(account, message(given), options);
    expect(server.requests).toEqual([]);
    expect(preview.requests.length).toBeGreaterThan(0);
    await app.messaging.send(message(given), { account, ...options });
    expect(server.requests.map(seen)).toEqual(preview.requests);
  });

  it.each(UNSUPPORTED)('reports for %s why the message is unsupported: %s', async (account, _what, given) => {
    const preview = await of(account, message(given));
    expect(preview).toMatchObject({ carries: false, issues: [], requests: [] });
    expect(preview.reasons.length).toBeGreaterThan(0);
  });

  it.each([{}, { mixed: 'split' }, { fallback: 'text' }] as const)(
    'agrees with carriers() with options %j',
    async (options) => {
      for (const buttons of [[reply('a')], [reply('a'), url], [call]]) {
        const previews = await app.messaging.preview(message({ buttons }), options);
        const carriers = previews.map(({ issues, requests, ...carrier }) => carrier);
        expect(carriers).toEqual(await app.messaging.carriers(message({ buttons }), options));
      }
      expect(server.requests).toEqual([]);
    },
  );

  it('reports the issues of a message by path, for every account', async () => {
    const faulty = untyped<ButtonMessage>({ to: phone, text: '', buttons: [{ type: 'reply', id: 'a' }] });
    const previews = await app.messaging.preview(faulty);
    expect(previews.map(({ account }) => account)).toEqual(['zap', 'volt', 'meta']);
    for (const { carries, as, reasons, issues, requests } of previews) {
      expect({ carries, as, reasons, requests }).toEqual({ carries: false, as: undefined, reasons: [], requests: [] });
      expect(issues.map(({ path }) => path).sort()).toEqual(['buttons[0].title', 'text']);
    }
  });

  it.each([undefined, null, 'text', 7, []])('reports one issue for the message %j', async (given) => {
    for (const { issues } of await app.messaging.preview(untyped(given))) expect(issues).toHaveLength(1);
  });

  it('shows the conversation as a placeholder without looking it up', async () => {
    own = await openAppWithoutRetries({ accounts: [chatvoltAccount(server.url, { lookUpConversations: true })] });
    const { requests } = await of('volt', message(), {}, own);
    expect(requests).toMatchObject([{ method: 'POST', body: { conversationId: '[conversation]' } }]);
    expect(server.requests).toEqual([]);
  });

  it('keeps the path of the base URL and uses no rate-limit slot', async () => {
    const pacing = { perSecond: 0.001, burst: 1 };
    own = await openAppWithoutRetries({ accounts: [zApiAccount(`${server.url}/v1/`, { pacing })] });
    for (let count = 0; count < 5; count += 1) {
      const { requests } = await of('zap', message(), {}, own);
      expect(requests[0]?.path).toBe('/v1/instances/INSTANCE/token/[secret]/send-button-actions');
    }
    await own.messaging.send(message(), { deadlineMs: 1_000 });
    expect(server.requests).toHaveLength(1);
  });

  it.each(REGISTRATIONS)('shows no secret (registered by %s)', async (_name, register) => {
    const secrets = ['to/ken-1', 'client-2', 'bearer-3', 'key-4', 'access-5', 'app-6', 'verify-7', 'hook-8'];
    const [token = '', clientToken = '', authorization = '', apiKey = '', accessToken = '', appSecret = ''] = secrets;
    const [, , , , , , verifyToken = '', webhookSecret = ''] = secrets;
    own = await openAppWithoutRetries(
      {
        accounts: [
          zApiAccount(server.url, { token, clientToken, webhookSecret }),
          zApiAccount(server.url, { name: 'compatible', token, authorization }),
          chatvoltAccount(server.url, { apiKey, webhookSecret }),
          cloudAccount(server.url, { accessToken, appSecret, verifyToken }),
        ],
      },
      { register },
    );
    const written = JSON.stringify([
      await own.messaging.preview(message(), { fallback: 'text' }),
      await own.messaging.preview(message({ to: toConversation })),
    ]);
    for (const secret of secrets) {
      expect(written).not.toContain(secret);
      expect(written).not.toContain(encodeURIComponent(secret));
    }
    expect(written).toContain('/instances/INSTANCE/token/[secret]/');
  });
});
