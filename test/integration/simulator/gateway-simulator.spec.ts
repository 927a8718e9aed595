import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { lastValueFrom, toArray } from 'rxjs';
import type { AccountOptions } from '../../../lib/config/accounts/account-options.interface.js';
import { GatewaySimulator, type GatewaySimulatorOptions } from '../../../lib/simulator/index.js';
import { buttonActions, chatvolt, chatvoltButtons, cloud, cloudAccount, cloudButtons, zApi } from './clients.js';

async function withSimulator(
  work: (simulator: GatewaySimulator) => Promise<void>,
  options: GatewaySimulatorOptions = {},
): Promise<void> {
  const simulator = await GatewaySimulator.start(options);
  try {
    await work(simulator);
  } finally {
    await simulator.close();
  }
}

describe('GatewaySimulator', () => {
  it('returns accounts that the module accepts', () =>
    withSimulator(async (simulator) => {
      const accounts = simulator.accounts();
      accounts satisfies AccountOptions[];
      expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect(accounts.map(({ name, baseUrl }) => [name, baseUrl])).toEqual([
        ['z-api', simulator.zApi.baseUrl],
        ['chatvolt', simulator.chatvolt.baseUrl],
        ['whatsapp-cloud', simulator.whatsAppCloud.baseUrl],
      ]);
      expect(simulator.zApi.baseUrl).toBe(`${simulator.url}/z-api`);
      expect(accounts[1]).toMatchObject({ lookUpConversations: true });
    }));

  it('listens on the given port, and rejects one that is in use', () =>
    withSimulator(async (simulator) => {
      const port = Number(new URL(simulator.url).port);
      await expect(GatewaySimulator.start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    }));

  it('serves a page at its root, and 404 at other paths', () =>
    withSimulator(async (simulator) => {
      await zApi(simulator, 'send-button-actions', buttonActions);
      const page = await fetch(simulator.url);
      const html = await page.text();
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(html).toContain('<title>Gateway simulator</title>');
      expect((await fetch(`${simulator.url}/elsewhere`)).status).toBe(404);
      expect((await fetch(simulator.url, { method: 'POST' })).status).toBe(405);
      expect((await fetch(simulator.url, { method: 'HEAD' })).status).toBe(200);
    }));

  it('records requests without their credentials', () =>
    withSimulator(async (simulator) => {
      await zApi(simulator, 'send-button-actions', buttonActions);
      await chatvolt(simulator, 'messages/interactive/send-buttons', chatvoltButtons(simulator));
      await cloud(simulator, `${cloudAccount(simulator).phoneNumberId}/messages?access_token=abc`, cloudButtons);
      const requests = simulator.requests();
      expect(requests[0]).toEqual({
        id: 1,
        provider: 'z-api',
        method: 'POST',
        path: expect.stringMatching(/^\/z-api\/instances\/\w+\/token\/\[masked\]\/send-button-actions$/),
        headers: expect.objectContaining({ 'client-token': '[masked]', 'content-type': 'application/json' }),
        body: JSON.stringify(buttonActions),
        receivedAt: expect.any(Date),
        accepted: true,
        answer: { status: 200, body: expect.stringContaining('messageId') },
      });
      expect(requests[1]?.headers.authorization).toBe('Bearer [masked]');
      expect(requests[2]?.path).toMatch(/\?access_token=\[masked\]$/);
      const written = JSON.stringify(requests);
      for (const account of simulator.accounts()) {
        for (const [name, value] of Object.entries(account)) {
          if (/token|key|secret/i.test(name)) expect(written).not.toContain(value);
        }
      }
    }));

  it('keeps the latest messages and requests, but counts all', () =>
    withSimulator(
      async (simulator) => {
        for (const message of ['one', 'two', 'three']) {
          await zApi(simulator, 'send-text', { phone: '5511999999999', message });
        }
        expect(simulator.messages().map(({ text }) => text)).toEqual(['two', 'three']);
        expect(simulator.requests().map(({ id }) => id)).toEqual([3]);
        expect(simulator.accepted()).toEqual({ 'z-api': 3, chatvolt: 0, 'whatsapp-cloud': 0 });
      },
      { keep: 2, keepRequests: 1 },
    ));

  it('returns frozen messages', () =>
    withSimulator(async (simulator) => {
      await zApi(simulator, 'send-button-actions', buttonActions);
      const [message] = simulator.messages();
      simulator.messages().pop();
      expect(simulator.messages()).toHaveLength(1);
      expect(Object.isFrozen(message)).toBe(true);
      expect(Object.isFrozen(message?.buttons[0])).toBe(true);
      expect(Object.isFrozen(message?.body.buttonActions)).toBe(true);
    }));

  it('rejects a body over the limit with 413', () =>
    withSimulator(
      async (simulator) => {
        const reply = await zApi(simulator, 'send-text', { phone: '5511999999999', message: 'x'.repeat(200_000) });
        expect(reply.status).toBe(413);
        expect(simulator.messages()).toEqual([]);
      },
      { bodyLimit: 1_000 },
    ));

  it('emits its events in order', () =>
    withSimulator(async (simulator) => {
      const events = lastValueFrom(simulator.events$.pipe(toArray()));
      await zApi(simulator, 'send-button-actions', buttonActions);
      await zApi(simulator, 'send-text', {});
      simulator.fail('z-api', 'drop-after-accepting');
      await expect(zApi(simulator, 'send-button-actions', buttonActions)).rejects.toThrow();
      await simulator.close();
      const told = await events;
      expect(told.map(({ kind }) => kind)).toEqual([
        'request',
        'accepted',
        'answered',
        'request',
        'refused',
        'answered',
        'request',
        'fault',
        'accepted',
        'answered',
      ]);
      expect(told[5]).toMatchObject({ request: { answer: { status: 400 }, accepted: false } });
      expect(told[7]).toMatchObject({ fault: 'drop-after-accepting', accepted: true });
      expect(() => JSON.stringify(told)).not.toThrow();
    }));

  it('serves 50 concurrent requests, each with its own id', () =>
    withSimulator(async (simulator) => {
      const replies = await Promise.all(
        Array.from({ length: 50 }, () => zApi(simulator, 'send-button-actions', buttonActions)),
      );
      expect(replies.every(({ status }) => status === 200)).toBe(true);
      expect(new Set(simulator.messages().map(({ id }) => id)).size).toBe(50);
    }));

  it('shares no state with a second simulator', () =>
    withSimulator((one) =>
      withSimulator(async (other) => {
        other.fail('z-api', { status: 500 });
        await zApi(one, 'send-button-actions', buttonActions);
        expect([one.messages().length, other.messages().length]).toEqual([1, 0]);
      }),
    ));

  it('ends open connections on close, and can be closed twice', async () => {
    const simulator = await GatewaySimulator.start();
    const port = Number(new URL(simulator.url).port);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const ended = once(socket.resume(), 'close');
    await Promise.all([simulator.close(), simulator.close()]);
    await ended;
    await simulator.close();
    await expect(fetch(simulator.url)).rejects.toThrow();
    await withSimulator(async (next) => expect(next.url).toBe(simulator.url), { port });
  });
});
