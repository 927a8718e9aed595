import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ButtonMessagingWebhooks, ConfigurationError, type WhatsAppCloudAccountOptions } from '../../../lib/index.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { OpenApps } from '../../support/test-app.js';
import { HealthApp } from '../health/health-app.js';

const SENT = { body: { messages: [{ id: 'wamid.1' }] } };
const TEXT = { to: '5511999999999', text: { body: 'Hi' } };
const IDS = { phoneNumberId: '1055', businessAccountId: '2000', verifyToken: 'verify-me' };
const KEY = 'canary-api-key-1234';

const dialog = (baseUrl: string): WhatsAppCloudAccountOptions => ({
  ...IDS,
  provider: 'whatsapp-cloud',
  name: 'dialog',
  accessToken: KEY,
  appSecret: 'platform-secret',
  baseUrl,
  path: '',
  apiKeyHeader: 'D360-API-KEY',
  signatureHeader: 'x-360dialog-signature',
});

const kapso = (baseUrl: string): WhatsAppCloudAccountOptions => ({
  ...IDS,
  provider: 'whatsapp-cloud',
  name: 'kapso',
  accessToken: KEY,
  appSecret: 'webhook-secret',
  baseUrl: `${baseUrl}/meta/whatsapp`,
  graphVersion: 'v24.0',
  apiKeyHeader: 'X-API-Key',
  signatureHeader: 'X-Webhook-Signature',
});

const PRESS = JSON.stringify({
  entry: [
    {
      changes: [
        {
          field: 'messages',
          value: {
            metadata: { phone_number_id: '1055' },
            messages: [{ id: 'wamid.2', from: '5511999999999', type: 'text', text: { body: 'Hi' } }],
          },
        },
      ],
    },
  ],
});

describe('Providers with the API of WhatsApp Cloud', () => {
  let server: FakeProvider;
  const apps = new OpenApps();
  let health: HealthApp | undefined;
  const open = (account: (baseUrl: string) => WhatsAppCloudAccountOptions) =>
    apps.open({ accounts: [account(server.url)], retry: { attempts: 1 }, webhooks: {} });
  beforeEach(async () => {
    server = await FakeProvider.start();
    server.always(SENT);
  });
  afterEach(async () => {
    await health?.close();
    health = undefined;
    await apps.close();
    await server.close();
  });

  it.each([
    ['360dialog', dialog, '/messages', 'd360-api-key'],
    ['Kapso', kapso, '/meta/whatsapp/v24.0/1055/messages', 'x-api-key'],
  ])('sends to %s with its path and the bare key in its header', async (_name, account, url, header) => {
    const { cloud } = await open(account);
    expect(await cloud.sendText(TEXT)).toEqual({ messageId: 'wamid.1' });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: 'POST', url, headers: { [header]: KEY } });
    expect(request?.headers).not.toHaveProperty('authorization');
    expect(server.bodies).toMatchObject([{ messaging_product: 'whatsapp', type: 'text' }]);
  });

  it('sends below a path of any other provider, and finds files next to it', async () => {
    const { cloud } = await open((baseUrl) => ({ ...kapso(baseUrl), baseUrl, path: 'api/v1/numbers/7' }));
    await cloud.sendText(TEXT);
    server.always({ body: { success: true } });
    await cloud.deleteMedia('5');
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/api/v1/numbers/7/messages',
      '/api/v1/numbers/5?phone_number_id=1055',
    ]);
  });

  it.each([
    ['360dialog', dialog, '/media', '/5?phone_number_id=1055'],
    ['Kapso', kapso, '/meta/whatsapp/v24.0/1055/media', '/meta/whatsapp/v24.0/5?phone_number_id=1055'],
  ])('uploads and deletes files at %s', async (_name, account, upload, deletion) => {
    server.always({ body: { id: '5', success: true } });
    const { cloud } = await open(account);
    await cloud.uploadMedia({ file: Buffer.from('x'), mimeType: 'text/plain' });
    await cloud.deleteMedia('5');
    expect(server.requests.map(({ url }) => url)).toEqual([upload, deletion]);
  });

  it('lists templates at Kapso', async () => {
    server.always({ body: { data: [] } });
    const { cloud } = await open(kapso);
    expect(await cloud.listTemplates()).toEqual([]);
    expect(server.requests[0]?.url).toMatch(/^\/meta\/whatsapp\/v24\.0\/2000\/message_templates\?/);
  });

  it('rejects at 360dialog what it has no path for, without a request', async () => {
    const { cloud } = await open(dialog);
    for (const call of [
      () => cloud.checkPhoneNumber(),
      () => cloud.listTemplates(),
      () => cloud.subscribe({ url: 'https://example.com' }),
    ]) {
      const error = await errorOf(call());
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ account: 'dialog', issues: [{ path: 'path' }] });
    }
    expect(server.requests).toEqual([]);
  });

  it.each([
    ['AVAILABLE', 200],
    ['LIMITED', 200],
    ['BLOCKED', 503],
    [undefined, 503],
  ])('checks the health at 360dialog by its own path: %s', async (can_send_message, status) => {
    server.always({ body: { health_status: { can_send_message } } });
    health = await HealthApp.start({ messaging: { accounts: [dialog(server.url)], retry: { attempts: 1 } } });
    expect(await health.check()).toMatchObject({ status });
    expect(server.requests).toMatchObject([{ method: 'GET', url: '/health_status', headers: { 'd360-api-key': KEY } }]);
  });

  it('checks the health at Kapso by the phone number', async () => {
    server.always({ body: { id: '1055' } });
    health = await HealthApp.start({ messaging: { accounts: [kapso(server.url)] } });
    expect(await health.check()).toMatchObject({ status: 200 });
    expect(server.requests[0]?.url).toMatch(/^\/meta\/whatsapp\/v24\.0\/1055\?fields=/);
  });

  it.each([
    ['dialog', dialog, 'x-360dialog-signature', 'platform-secret'],
    ['kapso', kapso, 'x-webhook-signature', 'webhook-secret'],
  ])('accepts webhooks of %s by its own signature only', async (name, account, header, secret) => {
    const { app } = await open(account);
    const webhooks = app.get(ButtonMessagingWebhooks, { strict: false });
    const signature = createHmac('sha256', secret).update(PRESS).digest('hex');
    const statusWith = async (headers: Record<string, string>) => {
      const request = { method: 'POST', headers, query: {}, rawBody: Buffer.from(PRESS) };
      return (await webhooks.handle('whatsapp-cloud', name, request)).status;
    };
    expect(await statusWith({ [header]: signature })).toBe(200);
    expect(await statusWith({ 'x-hub-signature-256': `sha256=${signature}` })).toBe(401);
    expect(await statusWith({ [header]: signature.replace(/./, 'x') })).toBe(401);
  });

  it('removes the key from the text of an error', async () => {
    server.always({ status: 401, body: { error: { code: 190, message: `Invalid API key ${KEY}` } } });
    const error = await errorOf((await open(dialog)).cloud.sendText(TEXT));
    expect(error.message).toContain('Invalid API key [secret]');
    expect(JSON.stringify(error)).not.toContain(KEY);
  });
});
