import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PLATFORMS, WebhookApp } from '../../support/webhook-app.js';
import { get, post, postOrRefused } from '../../support/webhook-client.js';
import { ACCOUNT_OF, bytesOf, callback, credentials, PROVIDERS, stranger } from '../../support/webhook-requests.js';
import { BAD_ATTEMPTS, callbackOf, GOOD_ATTEMPTS, VERIFICATIONS } from './credentials.js';
import { meta, metaText, PRESS_OF, volt, zPress, zText } from './fixtures.js';

const MEGABYTE = 1024 * 1024;
const GARBAGE: [name: string, body: string | Buffer][] = [
  ['plain text', 'not json'],
  ['HTML', '<html>no</html>'],
  ['truncated JSON', '{"type":"ReceivedCallback"'],
  ['two JSON documents', '{}{}'],
  ['invalid UTF-8', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28])],
];
const UNKNOWN = {
  'z-api': { type: 'TeleportedCallback' },
  chatvolt: volt('AGENT_TELEPORTED'),
  'whatsapp-cloud': { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'x', value: {} }] }] },
};

/** Builds a batch of about `bytes` bytes whose last message is the text "the last". */
function batchOf(bytes: number, id: string): Buffer {
  const filler = 'x'.repeat(4000);
  const messages = Array.from({ length: Math.floor(bytes / 4150) }, (_, index) =>
    metaText(filler, { id: `${id}.${index}`, from: '5511900000000' }),
  );
  return bytesOf(meta([...messages, metaText('the last', { id })]));
}

describe.each(PLATFORMS)('Webhook endpoints on %s', (_platform, platform) => {
  let app: WebhookApp;
  beforeAll(async () => {
    app = await WebhookApp.start({ platform, options: { webhooks: {} } });
  });
  afterAll(() => app.close());
  const at = (provider: string, account: string) => `${app.url}/webhooks/${provider}/${encodeURIComponent(account)}`;

  it.each(GOOD_ATTEMPTS)('accepts $name', async (attempt) => {
    const request = callbackOf(attempt, `good ${attempt.name}`);
    expect((await post(at(attempt.provider, attempt.account), request)).status).toBe(200);
    const heard = await app.taken();
    // The signed body is the same each time, so only its first event is emitted.
    if (attempt.provider !== 'whatsapp-cloud') expect(heard).toHaveLength(1);
  });

  it.each(BAD_ATTEMPTS)('rejects $name with 401', async (attempt) => {
    const request = callbackOf(attempt, `bad ${attempt.name}`);
    expect((await post(at(attempt.provider, attempt.account), request)).status).toBe(401);
    expect(await app.taken()).toEqual([]);
  });

  it.each(VERIFICATIONS)('responds %s in a verification', async (_name, account, query, good) => {
    const answer = await get(at('whatsapp-cloud', account), query);
    expect(answer.status).toBe(good ? 200 : 403);
    if (good) {
      expect(answer.text).toBe(query['hub.challenge']);
      expect(answer.contentType).toMatch(/^text\/plain/);
    } else {
      expect(answer.text).not.toBe(query['hub.challenge']);
    }
  });

  describe.each(PROVIDERS)('for %s', (provider) => {
    const account = ACCOUNT_OF[provider];

    it.each(GARBAGE)('rejects %s with 400', async (_name, body) => {
      expect((await post(at(provider, account), callback(account, body))).status).toBe(400);
      expect(await app.taken()).toEqual([]);
    });

    it.each(GARBAGE)('rejects unauthenticated %s with 401', async (_name, body) => {
      expect((await post(at(provider, account), stranger(body))).status).toBe(401);
    });

    it('responds 200 to an unknown kind of event and emits nothing', async () => {
      expect((await post(at(provider, account), callback(account, UNKNOWN[provider]))).status).toBe(200);
      expect(await app.taken()).toEqual([]);
    });

    it.each([
      ['text/plain', 'text/plain'],
      ['application/x-www-form-urlencoded', 'application/x-www-form-urlencoded'],
      ['multipart/form-data', 'multipart/form-data; boundary=x'],
      ['application/octet-stream', 'application/octet-stream'],
      ['JSON in another character set', 'application/json; charset=iso-8859-1'],
      ['application/vnd.api+json', 'application/vnd.api+json'],
      ['empty', ''],
      ['invalid', 'nonsense'],
    ])('reads a body whose content type is %s', async (name, type) => {
      const { headers, ...request } = callback(account, PRESS_OF[provider](`type ${name}`));
      const typed = { ...headers, 'content-type': type };
      expect((await post(at(provider, account), { ...request, headers: typed })).status).toBe(200);
      expect(await app.taken()).toHaveLength(1);
    });

    it('rejects a body over 3 MiB', async () => {
      const request = callback(account, batchOf(3.3 * MEGABYTE, `over ${provider}`));
      expect([400, 413, 'refused']).toContain(await postOrRefused(at(provider, account), request));
      expect(await app.taken()).toEqual([]);
    });

    it('rejects an unauthenticated body over 3 MiB', async () => {
      const request = stranger(batchOf(3.3 * MEGABYTE, `over by a stranger ${provider}`));
      expect([401, 413, 'refused']).toContain(await postOrRefused(at(provider, account), request));
      expect(await app.taken()).toEqual([]);
    });
  });

  describe('with gzip from Z-API', () => {
    const zipped = (body: unknown, headers = credentials('z', '')) => ({
      ...stranger(gzipSync(bytesOf(body)), { 'content-encoding': 'gzip', ...headers }),
    });

    it('reads a compressed body', async () => {
      expect((await post(at('z-api', 'z'), zipped(zText('zipped', { messageId: 'ZIPPED' })))).status).toBe(200);
      expect(await app.taken()).toMatchObject([{ kind: 'text-message', text: 'zipped' }]);
    });

    it('rejects a compressed body without credentials with 401', async () => {
      expect((await post(at('z-api', 'z'), zipped(zPress({ messageId: 'ZIPPED2' }), {}))).status).toBe(401);
      expect(await app.taken()).toEqual([]);
    });

    it.each([
      ['is not gzip', bytesOf(zPress())],
      ['is truncated', gzipSync(bytesOf(zPress())).subarray(0, 60)],
      ['contains no JSON', gzipSync('not json')],
      ['is empty', Buffer.alloc(0)],
    ])('rejects a compressed body that %s with 400', async (_name, rawBody) => {
      const headers = { 'content-encoding': 'gzip', ...credentials('z', '') };
      expect((await post(at('z-api', 'z'), stranger(rawBody, headers))).status).toBe(400);
    });

    it.each([3, 60])('rejects a body that expands to over %d MiB with 413', async (megabytes) => {
      const text = zText('x'.repeat(megabytes * MEGABYTE), { messageId: 'BOMB' });
      expect((await post(at('z-api', 'z'), zipped(text))).status).toBe(413);
      expect(await app.taken()).toEqual([]);
    });
  });

  it('reads a signed batch of 2.5 MiB', async () => {
    const request = callback('w', batchOf(2.5 * MEGABYTE, 'large'));
    expect(request.rawBody.length).toBeGreaterThan(2.4 * MEGABYTE);
    expect((await post(at('whatsapp-cloud', 'w'), request)).status).toBe(200);
    const heard = await app.taken();
    expect(heard).toContainEqual(expect.objectContaining({ text: 'the last' }));
  });

  it('verifies the raw bytes of the body, whatever their formatting', async () => {
    const body = `\n{ "entry" : [ ${JSON.stringify(meta([metaText('Olá 😀', { id: 'spaced' })]).entry).slice(1, -1)} ] ,\t"object":"\\u0077" }\n`;
    expect((await post(at('whatsapp-cloud', 'w'), callback('w', body))).status).toBe(200);
    expect(await app.taken()).toMatchObject([{ text: 'Olá 😀' }]);
  });
});
