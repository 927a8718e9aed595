import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ButtonMessagingMedia } from '../../../lib/index.js';
import { cloudAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { fileResponse, imageEvent, PHOTO } from '../../support/media.js';
import { OpenApps } from '../../support/test-app.js';

const LOOKASIDE = 'https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=7&hash=abc';

describe('Files of another provider of the Cloud API', () => {
  const apps = new OpenApps();
  let server: FakeProvider;
  beforeEach(async () => {
    server = await FakeProvider.start();
  });
  afterEach(async () => {
    await apps.close();
    await server.close();
  });

  const open = async (more: object) => {
    const accounts = [cloudAccount(server.url, { apiKeyHeader: 'D360-API-KEY', ...more })];
    return (await apps.open({ accounts, retry: { attempts: 1 } })).app.get(ButtonMessagingMedia);
  };

  it.each([
    ['', '/7'],
    [undefined, '/v26.0/7'],
  ])(
    'with the path %p are found next to the number, and read from the provider, never from Meta',
    async (path, lookup) => {
      server.next({ body: { url: LOOKASIDE, mime_type: 'image/png' } }, fileResponse(PHOTO));
      const media = await open({ path });
      const { stream } = await media.download(imageEvent('meta', { id: '7' }));
      expect(await text(stream)).toBe(PHOTO.toString());
      expect(server.requests.map(({ url }) => url)).toEqual([lookup, '/whatsapp_business/attachments/?mid=7&hash=abc']);
      expect(server.requests.map(({ headers }) => headers['d360-api-key'])).toEqual(['ACCESS', 'ACCESS']);
    },
  );

  it.each(['https://elsewhere.example.com/7', 'not a URL'])('are not read from %s', async (url) => {
    server.next({ body: { url } });
    const media = await open({ path: '' });
    const error = await errorOf(media.download(imageEvent('meta', { id: '7' })));
    expect(error).toMatchObject({ category: 'media', outcome: 'not-sent' });
    expect(server.requests).toHaveLength(1);
  });

  it('whose key is rejected end with AuthenticationError', async () => {
    server.next({ body: { url: LOOKASIDE } }, { status: 401, body: {} });
    const media = await open({ path: '' });
    expect(await errorOf(media.download(imageEvent('meta', { id: '7' })))).toMatchObject({ code: 'authentication' });
  });
});
