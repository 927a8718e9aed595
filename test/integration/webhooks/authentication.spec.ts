import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PLATFORMS, WebhookApp } from '../../support/webhook-app.js';
import { get, post, postOrRefused } from '../../support/webhook-client.js';
import { ACCOUNT_OF, bytesOf, callback, credentials, PROVIDERS, stranger } from '../../support/webhook-requests.js';
import { BAD_ATTEMPTS, callbackOf, GOOD_ATTEMPTS, VERIFICATIONS } from './credentials.js';
import { meta, metaText, PRESS_OF, volt, zPress, zText } from './fixtures.js';

const MEGABYTE = 1024 * 1024;
const GARBAGE: [name: string, body: string | Buffer][] = [
  ['words', 'not json'],
  ['HTML', '<html>no</html>'],
  ['JSON that breaks off', '{"type":"ReceivedCallback"'],
  ['two documents', '{}{}'],
  ['bytes of no character set', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0xc3, 0x28])],
];
const UNKNOWN = {
  'z-api': { type: 'TeleportedCallback' },
  chatvolt: volt('AGENT_TELEPORTED'),
  'whatsapp-cloud': { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'x', value: {} }] }] },
};

/** A batch of about so many bytes, whose last message is a press. */
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

  it.each(GOOD_ATTEMPTS)('let in $name', async (attempt) => {
    const request = callbackOf(attempt, `good ${attempt.name}`);
    expect((await post(at(attempt.provider, attempt.account), request)).status).toBe(200);
    const heard = await app.taken();
    // One and the same signed body is let in each time, and handed on once.
    if (attempt.provider !== 'whatsapp-cloud') expect(heard).toHaveLength(1);
  });

  it.each(BAD_ATTEMPTS)('keep out $name', async (attempt) => {
    const request = callbackOf(attempt, `bad ${attempt.name}`);
    expect((await post(at(attempt.provider, attempt.account), request)).status).toBe(401);
    expect(await app.taken()).toEqual([]);
  });

  it.each(VERIFICATIONS)('verify: %s', async (_name, account, query, good) => {
    const answer = await get(at('whatsapp-cloud', account), query);
    expect(answer.status).toBe(good ? 200 : 403);
    if (good) {
      expect(answer.text).toBe(query['hub.challenge']);
      expect(answer.contentType).toMatch(/^text\/plain/);
    } else {
      expect(answer.text).not.toBe(query['hub.challenge']);
    }
  });

  describe.each(PROVIDERS)('%s', (provider) => {
    const account = ACCOUNT_OF[provider];

    it.each(GARBAGE)('answers garbage 400: %s', async (_name, body) => {
      expect((await post(at(provider, account), callback(account, body))).status).toBe(400);
      expect(await app.taken()).toEqual([]);
    });

    it.each(GARBAGE)("answers a stranger's garbage 401: %s", async (_name, body) => {
      expect((await post(at(provider, account), stranger(body))).status).toBe(401);
    });

    it('answers unknown kinds 200', async () => {
      expect((await post(at(provider, account), callback(account, UNKNOWN[provider]))).status).toBe(200);
      expect(await app.taken()).toEqual([]);
    });

    it.each([
      ['text/plain', 'text/plain'],
      ['a form', 'application/x-www-form-urlencoded'],
      ['a multipart form', 'multipart/form-data; boundary=x'],
      ['bytes', 'application/octet-stream'],
      ['JSON of another character set', 'application/json; charset=iso-8859-1'],
      ['JSON by another name', 'application/vnd.api+json'],
      ['no type', ''],
      ['what is no type', 'nonsense'],
    ])('reads any content type: %s', async (name, type) => {
      const { headers, ...request } = callback(account, PRESS_OF[provider](`type ${name}`));
      const typed = { ...headers, 'content-type': type };
      expect((await post(at(provider, account), { ...request, headers: typed })).status).toBe(200);
      expect(await app.taken()).toHaveLength(1);
    });

    it('refuses bodies over 3 MB', async () => {
      const request = callback(account, batchOf(3.3 * MEGABYTE, `over ${provider}`));
      expect([400, 413, 'refused']).toContain(await postOrRefused(at(provider, account), request));
      expect(await app.taken()).toEqual([]);
    });

    it("refuses a stranger's body over 3 MB", async () => {
      const request = stranger(batchOf(3.3 * MEGABYTE, `over by a stranger ${provider}`));
      expect([401, 413, 'refused']).toContain(await postOrRefused(at(provider, account), request));
      expect(await app.taken()).toEqual([]);
    });
  });

  describe('gzip of Z-API', () => {
    const zipped = (body: unknown, headers = credentials('z', '')) => ({
      ...stranger(gzipSync(bytesOf(body)), { 'content-encoding': 'gzip', ...headers }),
    });

    it('is read', async () => {
      expect((await post(at('z-api', 'z'), zipped(zText('zipped', { messageId: 'ZIPPED' })))).status).toBe(200);
      expect(await app.taken()).toMatchObject([{ kind: 'text-message', text: 'zipped' }]);
    });

    it('is kept out without credentials', async () => {
      expect((await post(at('z-api', 'z'), zipped(zPress({ messageId: 'ZIPPED2' }), {}))).status).toBe(401);
      expect(await app.taken()).toEqual([]);
    });

    it.each([
      ['is no gzip', bytesOf(zPress())],
      ['breaks off', gzipSync(bytesOf(zPress())).subarray(0, 60)],
      ['holds no JSON', gzipSync('not json')],
      ['is empty', Buffer.alloc(0)],
    ])('that %s is answered 400', async (_name, rawBody) => {
      const headers = { 'content-encoding': 'gzip', ...credentials('z', '') };
      expect((await post(at('z-api', 'z'), stranger(rawBody, headers))).status).toBe(400);
    });

    it.each([3, 60])('that grows beyond 3 MiB is answered 413: %d', async (megabytes) => {
      const text = zText('x'.repeat(megabytes * MEGABYTE), { messageId: 'BOMB' });
      expect((await post(at('z-api', 'z'), zipped(text))).status).toBe(413);
      expect(await app.taken()).toEqual([]);
    });
  });

  it('read a signed batch of 2.5 MB', async () => {
    const request = callback('w', batchOf(2.5 * MEGABYTE, 'large'));
    expect(request.rawBody.length).toBeGreaterThan(2.4 * MEGABYTE);
    expect((await post(at('whatsapp-cloud', 'w'), request)).status).toBe(200);
    const heard = await app.taken();
    expect(heard).toContainEqual(expect.objectContaining({ text: 'the last' }));
  });

  it('verify the very bytes, however they are written', async () => {
    const body = `\n{ "entry" : [ ${JSON.stringify(meta([metaText('Olá 😀', { id: 'spaced' })]).entry).slice(1, -1)} ] ,\t"object":"\\u0077" }\n`;
    expect((await post(at('whatsapp-cloud', 'w'), callback('w', body))).status).toBe(200);
    expect(await app.taken()).toMatchObject([{ text: 'Olá 😀' }]);
  });
});
