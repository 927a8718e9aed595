import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationError, ProviderRejectedError, ProviderUnavailableError } from '../../../lib/index.js';
import { cloudAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf, invalidPaths } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { OpenApps } from '../../support/test-app.js';

const FIELDS = 'fields=name%2Clanguage%2Cstatus%2Ccategory%2Cparameter_format%2Ccomponents%2Cquality_score';
const HELLO = {
  id: '594425479261596',
  name: 'hello',
  language: 'pt_BR',
  status: 'APPROVED',
  category: 'UTILITY',
  parameter_format: 'NAMED',
  quality_score: { score: 'GREEN' },
  components: [{ type: 'BODY', text: 'Hello {{name}}' }],
};
const EXPECTED = {
  id: '594425479261596',
  name: 'hello',
  language: 'pt_BR',
  status: 'APPROVED',
  category: 'UTILITY',
  parameterFormat: 'NAMED',
  quality: 'GREEN',
  components: [{ type: 'BODY', text: 'Hello {{name}}' }],
};

async function namesOf(templates: Promise<{ name: string }[]>): Promise<string[]> {
  return (await templates).map(({ name }) => name);
}

describe('WhatsAppCloudService: business account', () => {
  let server: FakeProvider;
  const apps = new OpenApps();
  const open = async (more: object = { businessAccountId: '9/8', verifyToken: 'verify-me' }) => {
    const accounts = [cloudAccount(server.url, more)];
    return (await apps.open({ accounts, retry: { attempts: 2, baseDelayMs: 0 } })).cloud;
  };
  beforeEach(async () => {
    server = await FakeProvider.start();
  });
  afterEach(async () => {
    await apps.close();
    await server.close();
  });

  it('lists a template with what Meta reports of it', async () => {
    server.always({ body: { data: [HELLO] } });
    const cloud = await open();
    expect(await cloud.listTemplates()).toEqual([EXPECTED]);
    expect(server.requests).toMatchObject([
      {
        method: 'GET',
        url: `/v26.0/9%2F8/message_templates?${FIELDS}&limit=100`,
        headers: { authorization: 'Bearer ACCESS' },
      },
    ]);
  });

  it('reads page after page by the cursor, and repeats a failed page', async () => {
    const page = (name: string, after?: string) => ({ body: { data: [{ name }], paging: { cursors: { after } } } });
    server.next(page('a', 'A='), { status: 500 }, page('b', 'B'), {
      body: { data: [], paging: { cursors: { after: 'B' } } },
    });
    expect(await namesOf((await open()).listTemplates())).toEqual(['a', 'b']);
    expect(server.requests.map(({ url }) => new URLSearchParams(url.split('?')[1]).get('after'))).toEqual([
      null,
      'A=',
      'A=',
      'B',
    ]);
  });

  it('ends when a page names itself as the next one', async () => {
    server.always({ body: { data: [HELLO], paging: { cursors: { after: 'A' } } } });
    expect(await namesOf((await open()).listTemplates())).toEqual(['hello', 'hello']);
  });

  it('passes the filters on', async () => {
    server.always({ body: { data: [] } });
    const filter = { name: 'offer', status: 'APPROVED', language: 'pt_BR', category: 'MARKETING' };
    expect(await namesOf((await open()).listTemplates({ ...filter, account: 'meta' }))).toEqual([]);
    expect(server.requests[0]?.url).toBe(
      `/v26.0/9%2F8/message_templates?${FIELDS}&limit=100&name=offer&status=APPROVED&language=pt_BR&category=MARKETING`,
    );
  });

  it('accepts templates with missing and unknown values', async () => {
    server.always({ body: { data: [null, {}, { id: 5, name: 'x', status: 'NEW_STATUS', components: 'none' }] } });
    expect(await (await open()).listTemplates()).toEqual([
      { id: '5', name: 'x', language: '', status: 'NEW_STATUS', components: [] },
    ]);
  });

  it.each([
    [{ data: 'none' }, ProviderUnavailableError],
    [{ error: { code: 100, message: 'Unsupported get request' } }, ProviderRejectedError],
  ])('rejects when a page is %j', async (body, expected) => {
    server.always({ body });
    const cloud = await open();
    expect(await errorOf(namesOf(cloud.listTemplates()))).toBeInstanceOf(expected);
  });

  it('rejects invalid filters', async () => {
    const cloud = await open();
    expect(await invalidPaths(namesOf(cloud.listTemplates({ status: '' })))).toEqual(['status']);
    expect(await invalidPaths(namesOf(cloud.listTemplates(untyped('x'))))).toEqual(['options']);
    expect(server.requests).toEqual([]);
  });

  it('sets the webhook URL with the verify token of the account', async () => {
    server.always({ body: { success: true } });
    const url = 'https://example.com/webhooks/whatsapp-cloud/meta?a=1';
    await (await open()).subscribe({ url });
    expect(server.requests).toMatchObject([{ method: 'POST', url: '/v26.0/9%2F8/subscribed_apps' }]);
    expect(server.bodies).toEqual([{ override_callback_uri: url, verify_token: 'verify-me' }]);
  });

  it.each(['http://127.0.0.1:3000/w', 'http://localhost/w'])('sets %s, which is on this machine', async (url) => {
    server.always({ body: { success: true } });
    await (await open()).subscribe({ url });
    expect(server.requests).toHaveLength(1);
  });

  it.each(['http://example.com', 'example.com', '', 5, undefined, 'https://user@example.com'])(
    'rejects %j as a webhook URL',
    async (url) => {
      const cloud = await open();
      expect(await invalidPaths(cloud.subscribe(untyped({ url })))).toEqual(['url']);
      expect(server.requests).toEqual([]);
    },
  );

  it('rejects when Meta does not confirm the webhook URL', async () => {
    server.always({ body: { success: false } });
    expect(await errorOf((await open()).subscribe({ url: 'https://example.com' }))).toMatchObject({
      outcome: 'not-sent',
    });
  });

  it.each([
    ['businessAccountId', { verifyToken: 'verify-me' }],
    ['verifyToken', { businessAccountId: '9' }],
  ])('names the account and %s when it is missing', async (option, more) => {
    const cloud = await open(more);
    const calls = [cloud.subscribe({ url: 'https://example.com' })];
    if (option === 'businessAccountId') calls.push(namesOf(cloud.listTemplates()).then(() => undefined));
    for (const call of calls) {
      const error = await errorOf(call);
      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ account: 'meta', issues: [{ path: option }] });
      expect(error.message).toMatch(new RegExp(`"?meta"?.*${option}`));
    }
    expect(server.requests).toEqual([]);
  });
});
