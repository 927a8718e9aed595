import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  ButtonMessagingHttp,
  ProviderRejectedError,
  ProviderUnavailableError,
  UnknownAccountError,
} from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { untyped } from '../../support/button-messages.js';
import { errorOf, invalidPaths } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { OpenApps } from '../../support/test-app.js';

const BASE = '/instances/INSTANCE/token/INSTANCETOKEN/messages';
const message = { phone: '+55 (11) 99999-9999', messageId: 'MESSAGE 1' };

describe('ZApiService.deleteMessage', () => {
  let server: FakeProvider;
  const apps = new OpenApps();
  const open = () => apps.open({ accounts: [zApiAccount(server.url)], retry: { attempts: 2, baseDelayMs: 1 } });
  beforeAll(async () => {
    server = await FakeProvider.start();
  });
  beforeEach(() => void server.reset().always({ status: 204 }));
  afterEach(() => apps.close());
  afterAll(() => server.close());

  it.each([
    ['a sent message by default', message, 'phone=5511999999999&messageId=MESSAGE+1&owner=true'],
    ['a received message', { ...message, owner: false }, 'phone=5511999999999&messageId=MESSAGE+1&owner=false'],
    [
      'a message in a group',
      { phone: '120363019502650977-group', messageId: 'M', owner: true },
      'phone=120363019502650977-group&messageId=M&owner=true',
    ],
  ])('deletes %s', async (_what, dto, query) => {
    const { zApi } = await open();
    await expect(zApi.deleteMessage(dto)).resolves.toBeUndefined();
    expect(server.requests).toMatchObject([{ method: 'DELETE', url: `${BASE}?${query}`, body: '' }]);
    expect(server.requests[0]?.headers).not.toHaveProperty('content-type');
  });

  it('sends the same request through an interceptor', async () => {
    const { app, zApi } = await open();
    const methods: unknown[] = [];
    app.get(ButtonMessagingHttp, { strict: false }).axiosRef.interceptors.request.use((config) => {
      methods.push(config.method);
      return config;
    });
    await zApi.deleteMessage(message);
    expect(methods).toEqual(['delete']);
    expect(server.requests).toMatchObject([{ method: 'DELETE', body: '' }]);
  });

  it('adds the default country to the phone number', async () => {
    const { zApi } = await apps.open({ accounts: [zApiAccount(server.url)], defaultCountry: 'BR' });
    await zApi.deleteMessage({ phone: '(11) 99999-9999', messageId: 'M' });
    expect(server.requests[0]?.url).toBe(`${BASE}?phone=5511999999999&messageId=M&owner=true`);
  });

  it('repeats a failed request, because a message is deleted only once', async () => {
    server.next({ status: 503 });
    const { zApi } = await open();
    await zApi.deleteMessage(message);
    expect(server.requests).toHaveLength(2);
  });

  it('throws an error that no message was sent if all requests fail', async () => {
    server.always({ status: 503 });
    const { zApi } = await open();
    const error = await errorOf(zApi.deleteMessage(message));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.outcome).toBe('not-sent');
  });

  it.each([
    [{ status: 400, body: { error: 'Message not found' } }],
    [{ status: 200, body: { error: 'Message not found' } }],
  ])('throws the rejection in %j', async (response) => {
    server.always(response);
    const { zApi } = await open();
    const error = await errorOf(zApi.deleteMessage(message));
    expect(error).toBeInstanceOf(ProviderRejectedError);
    expect(error.message).toContain('Message not found');
  });

  it.each([
    [{ phone: 'abc', messageId: 'M' }, ['phone']],
    [{ phone: '5511999999999' }, ['messageId']],
    [{ ...message, owner: 'yes' }, ['owner']],
    [{ ...message, id: 'M' }, ['id']],
    [null, ['']],
  ])('rejects %j before any request', async (dto, paths) => {
    const { zApi } = await open();
    expect(await invalidPaths(zApi.deleteMessage(untyped(dto)))).toEqual(paths);
    expect(server.requests).toEqual([]);
  });

  it('rejects an unknown account', async () => {
    const { zApi } = await open();
    expect(await errorOf(zApi.deleteMessage(message, { account: 'other' }))).toBeInstanceOf(UnknownAccountError);
  });
});
