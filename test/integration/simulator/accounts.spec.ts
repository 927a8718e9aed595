import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GatewaySimulator, type SimulatedZApiAccount } from '../../../lib/simulator/index.js';
import { chatvoltButtons, cloud, cloudAccount, cloudButtons, zApi, zApiAccount } from './clients.js';
import { control } from './field.js';
import { receiveWebhooks } from './webhook-receiver.js';

const text = { phone: '5511988880001', message: 'Hello' };

function viaZApi({ baseUrl, instanceId, token, clientToken }: SimulatedZApiAccount, body: unknown = text) {
  return fetch(`${baseUrl}/instances/${instanceId}/token/${token}/send-text`, {
    method: 'POST',
    headers: { 'Client-Token': clientToken, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

function viaBearer(url: string, key: string, body: unknown) {
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

describe('GatewaySimulator.addAccount', () => {
  let simulator: GatewaySimulator;
  beforeEach(async () => {
    simulator = await GatewaySimulator.start();
  });
  afterEach(() => simulator.close());

  it('gives each account its own credentials and messages', async () => {
    const branch = simulator.addAccount({ provider: 'z-api', name: 'branch' });
    expect(simulator.accounts().map(({ name }) => name)).toEqual(['z-api', 'branch', 'chatvolt', 'whatsapp-cloud']);
    expect((await viaZApi(branch)).status).toBe(200);
    expect(simulator.messages().at(-1)).toMatchObject({ account: 'branch' });
    await zApi(simulator, 'send-text', text);
    expect(simulator.messages().at(-1)).toMatchObject({ account: 'z-api' });

    const { clientToken } = zApiAccount(simulator);
    const crossed = await viaZApi({ ...branch, clientToken });
    expect(crossed.status).toBe(403);
    expect(await crossed.json()).toEqual({ error: 'Client-Token not allowed' });
    const unknown = await viaZApi({ ...branch, token: zApiAccount(simulator).token });
    expect(await unknown.json()).toEqual({ error: 'Instance not found' });
  });

  it('gives each account its own webhook URL and secrets', async () => {
    const app = await receiveWebhooks();
    try {
      simulator.webhooks(app.url);
      const branch = simulator.addAccount({ provider: 'z-api', name: 'branch' });
      await viaZApi(branch);
      await simulator.type(simulator.messages().at(-1)?.id ?? '', 'Hi');
      expect(app.last()).toMatchObject({ url: '/webhooks/z-api/branch', json: { instanceId: branch.instanceId } });
      expect(app.last().headers['z-api-token']).toBe(branch.token);

      const number = simulator.addAccount({ provider: 'whatsapp-cloud', name: 'second', phoneNumberId: '777000' });
      await simulator.write('second', { from: '5511988880001', type: 'text', text: 'Hi' });
      expect(app.last().url).toBe('/webhooks/whatsapp-cloud/second');
      expect(JSON.stringify(app.last().json)).toContain('"phone_number_id":"777000"');
      expect((await simulator.verifyWebhook('second')).status).toBe(200);
      expect(app.last().url).toContain(number.verifyToken);
    } finally {
      await app.close();
    }
  });

  it('rejects a Cloud API token with the number of another account', async () => {
    const second = simulator.addAccount({ provider: 'whatsapp-cloud', name: 'second' });
    const first = cloudAccount(simulator);
    const url = (id: string) => `${second.baseUrl}/v26.0/${id}/messages`;
    expect((await viaBearer(url(second.phoneNumberId), second.accessToken, cloudButtons)).status).toBe(200);
    expect((await viaBearer(url(first.phoneNumberId), second.accessToken, cloudButtons)).status).toBe(400);
    const shared = simulator.addAccount({ provider: 'whatsapp-cloud', name: 'third', accessToken: first.accessToken });
    expect((await viaBearer(url(shared.phoneNumberId), first.accessToken, cloudButtons)).status).toBe(200);
  });

  it("rejects another organization's agent with 403 at Chatvolt", async () => {
    const other = simulator.addAccount({ provider: 'chatvolt', name: 'other' });
    const url = `${other.baseUrl}/messages/interactive/send-buttons`;
    const foreign = await viaBearer(url, other.apiKey, chatvoltButtons(simulator));
    expect(foreign.status).toBe(403);
    const conversation = simulator.openConversation('5511988880001', { account: 'other' });
    expect(conversation.agentId).toBe(other.agentId);
    const own = { ...chatvoltButtons(simulator), agentId: other.agentId, conversationId: conversation.id };
    expect((await viaBearer(url, other.apiKey, own)).status).toBe(200);
    const crossed = { ...own, conversationId: 'csimulatedconversation001' };
    expect((await viaBearer(url, other.apiKey, crossed)).status).toBe(404);
  });

  it('replaces a token while the account is in use', async () => {
    const path = `${cloudAccount(simulator).phoneNumberId}/messages`;
    const { accessToken } = cloudAccount(simulator);
    expect((await cloud(simulator, path, cloudButtons)).status).toBe(200);
    simulator.changeAccount('whatsapp-cloud', { accessToken: 'another' });
    const headers = { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' };
    const refused = await cloud(simulator, path, cloudButtons, { headers });
    expect(refused).toMatchObject({ status: 401, json: { error: { code: 190 } } });
    expect((await cloud(simulator, path, cloudButtons)).status).toBe(200);
  });

  it('removes an account', async () => {
    const branch = simulator.addAccount({ provider: 'z-api', name: 'branch' });
    await viaZApi(branch);
    const { id } = simulator.messages().at(-1) ?? { id: '' };
    simulator.removeAccount('branch');
    expect((await viaZApi(branch)).status).toBe(403);
    expect(() => simulator.removeAccount('branch')).toThrow('no account named "branch"');
    await expect(simulator.type(id, 'Hi')).rejects.toThrow('no account named "branch"');
  });

  it.each([
    [{ provider: 'z-api', name: 'chatvolt' } as const, 'already has an account named "chatvolt"'],
    [{ provider: 'z-api', name: 'a/b' } as const, 'must not contain spaces or slashes'],
    [{ provider: 'z-api', name: '..' } as const, 'must not contain spaces or slashes'],
    [{ provider: 'z-api', name: 'b', token: '' } as const, 'token must not be empty'],
    [
      { provider: 'z-api', name: 'b', instanceId: '51A1A7ED0000000000000000000000A1' } as const,
      'already has these credentials',
    ],
  ])('rejects the account %j', (account, words) => {
    expect(() => simulator.addAccount(account)).toThrow(words);
    expect(simulator.accounts()).toHaveLength(3);
  });

  it('adds, changes and removes accounts over HTTP', async () => {
    const added = await control(simulator, 'POST', '/accounts', { provider: 'z-api', name: 'branch', token: 'T1' });
    expect(added).toMatchObject({ status: 200, json: { provider: 'z-api', name: 'branch', token: 'T1' } });
    const changed = await control(simulator, 'PATCH', '/accounts/branch', { token: 'T2' });
    expect(changed).toMatchObject({ status: 200, json: { token: 'T2' } });
    expect((await control(simulator, 'GET', '/accounts')).json).toEqual(simulator.accounts());
    expect(simulator.accounts()[1]).toMatchObject({ name: 'branch', token: 'T2' });
    expect(await control(simulator, 'DELETE', '/accounts/branch')).toMatchObject({ status: 200 });
    expect(simulator.accounts()).toHaveLength(3);
    expect(await control(simulator, 'DELETE', '/accounts/branch')).toMatchObject({
      status: 409,
      json: { error: expect.stringContaining('no account named "branch"') },
    });
    for (const body of [
      { provider: 'telegram', name: 'x' },
      { provider: 'z-api' },
      { provider: 'z-api', name: 'x', apiKey: 'k' },
    ]) {
      expect(await control(simulator, 'POST', '/accounts', body)).toMatchObject({ status: 400 });
    }
  });
});
