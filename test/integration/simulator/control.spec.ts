import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { buttonActions, chatvolt, chatvoltButtons, cloud, cloudAccount, cloudButtons, zApi } from './clients.js';
import { cloudValue, control, type Field, sendButtons, startField } from './field.js';

describe('HTTP API of the simulator', () => {
  let field: Field;
  beforeEach(async () => {
    field = await startField();
  });
  afterEach(() => field.close());
  const ask = (method: string, path: string, body?: unknown) => control(field.simulator, method, path, body);
  const act = (body: unknown) => ask('POST', '/phones/acts', body);

  it('adds and lists people', async () => {
    const person = { phone: '5511988880001', userId: 'BR.1A', shows: 'ids', username: 'ana' };
    expect(await ask('POST', '/people', person)).toMatchObject({ status: 200, json: person });
    expect((await ask('GET', '/people')).json).toEqual(field.simulator.people());
    expect(field.simulator.people()).toMatchObject([person]);
    for (const wrong of [{}, { phone: 5511 }, { phone: '5511', shows: 'nothing' }, { phone: '5511', age: 7 }]) {
      expect(await ask('POST', '/people', wrong)).toMatchObject({ status: 400 });
    }
  });

  it('opens and lists conversations', async () => {
    const opened = await ask('POST', '/conversations', { phone: '5511988880001', channel: 'zapi', blocked: true });
    expect(opened).toMatchObject({ status: 200, json: { channel: 'zapi', blocked: true } });
    expect((await ask('GET', '/conversations')).json).toEqual(field.simulator.conversations());
    expect(await ask('POST', '/conversations', { channel: 'zapi' })).toMatchObject({ status: 400 });
    expect(await ask('POST', '/conversations', { phone: '5511', account: 'nowhere' })).toMatchObject({ status: 409 });
  });

  it('plans faults of each form, and removes them', async () => {
    const path = `${cloudAccount(field.simulator).phoneNumberId}/messages`;
    const plan = (fault: unknown, more: object = {}) => ask('POST', '/faults', { provider: 'z-api', fault, ...more });
    expect(await plan('unavailable')).toMatchObject({ status: 200 });
    expect((await zApi(field.simulator, 'send-button-actions', buttonActions)).status).toBe(503);
    await plan({ delayMs: 1, next: { status: 502, body: 'Bad', headers: { 'x-a': 'b' } } });
    const bad = await zApi(field.simulator, 'send-button-actions', buttonActions);
    expect(bad).toMatchObject({ status: 502, text: 'Bad' });
    expect(bad.headers.get('x-a')).toBe('b');
    await plan({ chatvolt: 'afterDelivery' }, { provider: 'chatvolt' });
    const late = await chatvolt(field.simulator, 'messages/interactive/send-buttons', chatvoltButtons(field.simulator));
    expect(late.status).toBe(500);
    expect(field.simulator.accepted().chatvolt).toBe(1);
    await plan({ meta: 131042, details: 'unpaid' }, { provider: 'whatsapp-cloud' });
    expect(await cloud(field.simulator, path, cloudButtons)).toMatchObject({
      json: { error: { code: 131042, error_data: { details: 'unpaid' } } },
    });
    await plan({ retryAfterSeconds: 3 }, { times: 'always', target: 'reads' });
    for (const _time of [1, 2]) expect((await zApi(field.simulator, 'status')).status).toBe(429);
    await ask('DELETE', '/faults');
    expect((await zApi(field.simulator, 'status')).status).toBe(200);
    for (const wrong of [
      'explode',
      {},
      { status: 99 },
      { chatvolt: 'x' },
      { delayMs: 1, next: 'x' },
      7,
      { meta: 'x' },
    ]) {
      expect(await plan(wrong)).toMatchObject({ status: 400 });
    }
    expect(await plan('garbage', { times: 0 })).toMatchObject({ status: 400 });
    expect(await plan('garbage', { target: 'all' })).toMatchObject({ status: 400 });
  });

  it('plans callbacks, and removes them', async () => {
    const callbacks = [
      {
        kind: 'deliver',
        status: 'failed',
        reason: { text: 'Refused', code: 'SHADOW_BAN' },
        options: { ids: 'zaap-id-alone' },
      },
      { kind: 'press', button: 'No', options: { messageId: null } },
      { kind: 'type', text: 'Hi', quoting: true },
      { kind: 'echo' },
    ];
    const planned = { account: 'z-api', callbacks, when: 'before-answer' };
    expect(await ask('POST', '/callbacks', planned)).toMatchObject({ status: 200 });
    const { id, zaapId } = await sendButtons(field.simulator, 'z-api');
    expect(field.bodies()).toMatchObject([
      { zaapId, error: 'Refused', errorCode: 'SHADOW_BAN' },
      { buttonsResponseMessage: { buttonId: 'no' } },
      { text: { message: 'Hi' }, referenceMessageId: id },
      { fromApi: true },
    ]);
    await ask('POST', '/callbacks', { ...planned, times: 'always' });
    await ask('DELETE', '/callbacks');
    await sendButtons(field.simulator, 'z-api');
    expect(field.app.received).toHaveLength(4);
    for (const wrong of [
      { ...planned, callbacks: [] },
      { ...planned, callbacks: [{ kind: 'dance' }] },
      { callbacks },
    ]) {
      expect(await ask('POST', '/callbacks', wrong)).toMatchObject({ status: 400 });
    }
    expect(await ask('POST', '/callbacks', { ...planned, account: 'nowhere' })).toMatchObject({ status: 409 });
  });

  it('says where webhooks go, and lists messages and requests', async () => {
    const { id } = await sendButtons(field.simulator, 'z-api');
    expect((await ask('GET', '/messages')).json).toMatchObject([{ id, account: 'z-api' }]);
    expect((await ask('GET', '/requests')).json).toMatchObject([{ provider: 'z-api', accepted: true }]);
    expect((await ask('GET', '/webhooks')).json).toEqual({ url: field.app.url });
    await ask('PUT', '/webhooks', { url: null });
    expect((await ask('GET', '/webhooks')).json).toEqual({ url: null });
    expect(await ask('PUT', '/webhooks', { url: 'ftp://x' })).toMatchObject({ status: 400 });
    await ask('PUT', '/webhooks', { url: field.app.url });
    await field.simulator.type(id, 'Hi');
    expect(field.app.received).toHaveLength(1);
  });

  it('acts: writes, in a burst too, announces, echoes and posts', async () => {
    const from = '5511988880001';
    const write = { kind: 'write', account: 'z-api', message: { from, type: 'audio' }, options: { times: 2 } };
    expect(await act(write)).toMatchObject({ status: 200, json: { done: true, status: 200 } });
    expect(field.bodies()).toMatchObject([{ audio: {} }, { audio: {} }]);
    await act({ kind: 'burst', account: 'chatvolt', message: { from }, texts: ['a', 'b'] });
    expect(field.app.last().json).toMatchObject({ userMessage: 'a\n\nb' });
    const together = { kind: 'burst', account: 'whatsapp-cloud', message: { from }, texts: ['a', 'b'] };
    await act({ ...together, options: { together: true } });
    expect(field.app.last().json).toMatchObject({ entry: [{}, {}] });
    await act({ kind: 'announce', account: 'whatsapp-cloud', news: { type: 'restricted' } });
    expect(cloudValue(field.app.last().json)).toMatchObject({ event: 'ACCOUNT_RESTRICTION' });
    await act({ kind: 'post', account: 'z-api', body: { type: 'Tomorrow' } });
    expect(field.app.last().json).toEqual({ type: 'Tomorrow' });
    const { id } = await sendButtons(field.simulator, 'z-api');
    await act({ kind: 'echo', messageId: id });
    expect(field.app.last().json).toMatchObject({ fromApi: true, messageId: id });
    await act({ kind: 'press', messageId: id, button: 'No', options: { by: { phone: '5511988880002', name: 'Bia' } } });
    expect(field.app.last().json).toMatchObject({ phone: '5511988880002', buttonsResponseMessage: { buttonId: 'no' } });
    const reason = { text: 'Refused', code: 'SHADOW_BAN' };
    await act({ kind: 'deliver', messageId: id, status: 'failed', reason, options: { ids: 'zaap-id-twice' } });
    expect(field.app.last().json).toMatchObject({ errorCode: 'SHADOW_BAN', error: 'Refused' });
    await act({ kind: 'deliver', messageId: id, status: 'played' });
    expect(field.app.last().json).toMatchObject({ status: 'PLAYED' });
  });

  it.each([
    { type: 'text', text: 'Hello', group: '120363019502650977-group', quoting: 'MSG1', storyReply: true },
    { type: 'press', id: 'yes', title: 'Yes', kind: 'reply', messageId: null },
    { type: 'reaction', of: 'MSG1', emoji: '👍' },
    { type: 'edit', of: 'MSG1', text: 'New' },
    { type: 'poll-vote', of: 'MSG1', options: ['Mon'] },
    { type: 'location', latitude: 1, longitude: 2 },
    { type: 'contact', name: 'Bia', phone: '5511988880002' },
    { type: 'waiting', messageId: 'MSG2' },
    { type: 'image', caption: 'This', url: 'https://files.example/a', mimeType: 'image/png' },
    { type: 'other', fields: { order: { orderId: '1' } } },
  ])('writes %j to Z-API', async (content) => {
    const message = { from: { phone: '5511988880001' }, ...content };
    expect(await act({ kind: 'write', account: 'z-api', message })).toMatchObject({ status: 200 });
    expect(field.app.received).toHaveLength(1);
    expect(field.app.last().json).toMatchObject({ type: 'ReceivedCallback' });
  });

  it.each([
    { type: 'revoke', of: 'wamid.A' },
    { type: 'flow', name: 'address_message', response: { a: 1 } },
    { type: 'unsupported' },
    { type: 'changed-number', phone: '5511988880002' },
    { type: 'changed-user-id', userId: 'BR.2B', as: 'message' },
    { type: 'press', id: 'yes', title: 'Yes', kind: 'template' },
  ])('writes %j to the Cloud API', async (content) => {
    const message = { from: '5511988880001', ...content };
    expect(await act({ kind: 'write', account: 'whatsapp-cloud', message })).toMatchObject({ status: 200 });
    expect(field.app.received).toHaveLength(1);
  });

  it.each([
    { type: 'disconnected', reason: 'gone' },
    { type: 'connected' },
    { type: 'other', name: 'ProxyCallback', content: { a: 1 } },
  ])('announces %j for Z-API', async (news) => {
    expect(await act({ kind: 'announce', account: 'z-api', news })).toMatchObject({ status: 200 });
    expect(field.app.received).toHaveLength(1);
  });

  it.each([
    { type: 'banned', state: 'SCHEDULE_FOR_DISABLE' },
    { type: 'reinstated' },
    { type: 'template-status', template: 'a', now: 'PAUSED', language: 'en', before: 'APPROVED', reason: 'x' },
    { type: 'quality', event: 'FLAGGED', limit: 'TIER_10K' },
    { type: 'error', code: 0, title: 'AuthException' },
    { type: 'restricted', restriction: 'R', expiration: 1 },
  ])('announces %j for the Cloud API', async (news) => {
    expect(await act({ kind: 'announce', account: 'whatsapp-cloud', news })).toMatchObject({ status: 200 });
    expect(field.app.received).toHaveLength(1);
  });

  it.each([
    { kind: 'write', account: 'z-api' },
    { kind: 'write', account: 'z-api', message: { type: 'text', text: 'x' } },
    { kind: 'write', account: 'z-api', message: { from: '55', type: 'song' } },
    { kind: 'write', account: 'z-api', message: { from: '55', type: 'text', text: 'x' }, options: { times: 0 } },
    { kind: 'burst', account: 'z-api', message: { from: '55' }, texts: [] },
    { kind: 'announce', account: 'z-api', news: { type: 'party' } },
    { kind: 'post', account: 'z-api' },
    { kind: 'deliver', messageId: 'x', status: 'lost' },
    { kind: 'dance' },
    7,
  ])('rejects the act %j with 400', async (body) => {
    const reply = await act(body);
    expect(reply).toMatchObject({
      status: 400,
      json: { done: false, error: expect.stringContaining('Invalid action') },
    });
    expect(field.app.received).toHaveLength(0);
  });

  it('accepts every example of docs/simulator-http-api.md', async () => {
    const { id } = await sendButtons(field.simulator, 'whatsapp-cloud');
    const document = readFileSync('docs/simulator-http-api.md', 'utf8').replaceAll(
      '"messageId": "…"',
      `"messageId": "${id}"`,
    );
    const blocks = [...document.matchAll(/```json\n([\s\S]+?)```/g)].map(([, text = '']): unknown => JSON.parse(text));
    expect(blocks).toHaveLength(2);
    expect(await ask('POST', '/faults', blocks[0])).toMatchObject({ status: 200 });
    const acts: unknown[] = Array.isArray(blocks[1]) ? blocks[1] : [];
    expect(acts.length).toBeGreaterThan(5);
    for (const shown of acts) {
      // A window causes no webhook, so the application has no status.
      const isSent = JSON.stringify(shown).includes('"kind":"window"') ? {} : { status: 200 };
      expect({ shown, reply: await act(shown) }).toMatchObject({
        reply: { status: 200, json: { done: true, ...isSent } },
      });
    }
  });

  it('responds 409 to acts that the provider cannot do', async () => {
    const message = { from: '55', type: 'text', text: 'x' };
    expect(await act({ kind: 'write', account: 'nowhere', message })).toMatchObject({
      status: 409,
      json: { done: false },
    });
    const revoke = { from: '5511988880001', type: 'revoke', of: 'MSG1' };
    expect(await act({ kind: 'write', account: 'z-api', message: revoke })).toMatchObject({
      status: 409,
      json: { error: expect.stringContaining('documents no callback') },
    });
  });

  it('rejects other content types, methods, origins and paths', async () => {
    const url = `${field.simulator.url}/accounts`;
    const body = JSON.stringify({ provider: 'z-api', name: 'x' });
    const plain = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
    expect(plain.status).toBe(415);
    expect((await ask('PUT', '/accounts', {})).status).toBe(405);
    expect((await ask('GET', '/accounts/z-api')).status).toBe(405);
    expect((await fetch(url, { method: 'OPTIONS' })).headers.get('access-control-allow-methods')).toContain('POST');
    const json = { 'content-type': 'application/json', origin: 'https://evil.example' };
    expect((await fetch(url, { method: 'POST', body, headers: json })).status).toBe(403);
    expect((await fetch(url, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await fetch(`${url}/x/y`)).status).toBe(404);
    expect(field.simulator.accounts()).toHaveLength(3);
    expect(await ask('POST', '/accounts', [])).toMatchObject({ status: 400 });
  });
});
