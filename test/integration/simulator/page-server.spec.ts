import { readdirSync, readFileSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { until } from '../../support/time.js';
import { buttonActions, zApi } from './clients.js';
import { receiveWebhooks } from './webhook-receiver.js';

const JSON_HEADERS = { 'content-type': 'application/json' };

/** Sends a request with headers that `fetch` does not allow. */
function ask(simulator: GatewaySimulator, path: string, headers: Record<string, string>, body?: string) {
  const url = new URL(path, simulator.url);
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>((resolve, reject) => {
    const asked = request(url, { method: body === undefined ? 'GET' : 'POST', headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      const { statusCode: status = 0, headers: given } = answer;
      if (/event-stream/.test(given['content-type'] ?? '')) {
        answer.once('data', (chunk: Buffer) => {
          resolve({ status, headers: given, text: chunk.toString() });
          asked.destroy();
        });
        return;
      }
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status, headers: given, text: Buffer.concat(chunks).toString() }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

describe('Server of the simulator page', () => {
  let simulator: GatewaySimulator;
  let app: Awaited<ReturnType<typeof receiveWebhooks>>;
  let port: string;
  let messageId: string;
  beforeAll(async () => {
    [simulator, app] = await Promise.all([GatewaySimulator.start(), receiveWebhooks()]);
    simulator.webhooks(app.url);
    port = new URL(simulator.url).port;
    await zApi(simulator, 'send-button-actions', buttonActions);
    messageId = simulator.messages()[0]?.id ?? '';
  });
  afterAll(() => Promise.all([simulator.close(), app.close()]));

  const press = (button: unknown = 0) => JSON.stringify({ kind: 'press', messageId, button });

  it('allows 100 listening pages, and others after some are closed', async () => {
    const other = await GatewaySimulator.start();
    const listeners: AbortController[] = [];
    const listen = async () => {
      const listener = new AbortController();
      listeners.push(listener);
      const { status } = await fetch(`${other.url}/phones/events`, { signal: listener.signal });
      return status;
    };
    const statuses = await Promise.all(Array.from({ length: 101 }, listen));
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 503)).toHaveLength(1);
    for (const listener of listeners.splice(0)) listener.abort();
    await until(async () => (await listen()) === 200);
    for (const listener of listeners) listener.abort();
    await other.close();
  });

  it('allows the page to load files from its own origin only', async () => {
    const page = await fetch(simulator.url);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const html = await page.text();
    const files = [...html.matchAll(/(?:src|href)="\.(\/[^"]+)"/g)].map(([, path = '']) => path);
    expect(files.length).toBeGreaterThan(1);
    for (const path of files) {
      const file = await fetch(simulator.url + path);
      expect(file.status).toBe(200);
      expect(file.headers.get('cache-control')).toMatch(/immutable|no-cache/);
    }
  });

  it("serves no file outside the page's folder", async () => {
    for (const path of ['/../package.json', '/%2e%2e/page/main.tsx', '/assets/../../main.tsx', '/main.tsx']) {
      expect((await ask(simulator, path, { host: `127.0.0.1:${port}` })).status).toBe(404);
    }
  });

  it('serves a page of less than 150 kB, compressed', () => {
    const built = 'lib/simulator/page';
    const files = readdirSync(built, { recursive: true, encoding: 'utf8' })
      .map((name) => join(built, name))
      .filter((path) => statSync(path).isFile());
    const bytes = files.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0);
    expect(files.length).toBeGreaterThan(3);
    expect(bytes).toBeLessThan(150_000);
  });

  it.each([
    ['/', {}],
    ['/phones/events', {}],
    ['/phones/acts', JSON_HEADERS],
  ])('rejects foreign Host headers at %s', async (path, headers) => {
    const body = path === '/phones/acts' ? press() : undefined;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`, `app.localhost:${port}`]) {
      expect((await ask(simulator, path, { ...headers, host }, body)).status).toBe(200);
    }
    const before = app.received.length;
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1.evil.example', 'localhost.evil.example']) {
      expect((await ask(simulator, path, { ...headers, host }, body)).status).toBe(403);
    }
    expect(app.received).toHaveLength(before);
  });

  it('accepts acts and listeners from local origins only', async () => {
    const host = `127.0.0.1:${port}`;
    for (const origin of [simulator.url, 'http://localhost:5173', 'https://127.0.0.1:8443', 'http://[::1]:3000']) {
      for (const [path, body] of [
        ['/phones/events', undefined],
        ['/phones/acts', press()],
      ] as const) {
        const answer = await ask(simulator, path, { ...JSON_HEADERS, host, origin }, body);
        expect(answer.status).toBe(200);
        expect(answer.headers['access-control-allow-origin']).toBe(origin);
      }
    }
    const before = app.received.length;
    for (const origin of [
      'https://evil.example',
      'null',
      'http://localhost.evil.example',
      'http://127.0.0.1.evil.example',
    ]) {
      expect((await ask(simulator, '/phones/events', { host, origin })).status).toBe(403);
      expect((await ask(simulator, '/phones/acts', { ...JSON_HEADERS, host, origin }, press())).status).toBe(403);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json']) {
      expect((await ask(simulator, '/phones/acts', { host, 'content-type': type }, press())).status).toBe(415);
    }
    expect(app.received).toHaveLength(before);
  });

  it('responds to the CORS preflight of a page on another local port', async () => {
    const asked = await fetch(`${simulator.url}/phones/acts`, {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:5173', 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('http://localhost:5173');
    expect(asked.headers.get('access-control-allow-headers')).toBe('content-type');
  });

  it('responds with the result of an act', async () => {
    const act = async (body: unknown) => {
      const answer = await fetch(`${simulator.url}/phones/acts`, {
        method: 'POST',
        headers: JSON_HEADERS,
        body: JSON.stringify(body),
      });
      return [answer.status, await answer.json()];
    };
    expect(await act({ kind: 'press', messageId, button: 1 })).toEqual([200, { done: true, status: 200 }]);
    expect(app.last().json).toMatchObject({ buttonsResponseMessage: { buttonId: 'no' } });
    expect(await act({ kind: 'type', messageId, text: 'olá' })).toEqual([200, { done: true, status: 200 }]);
    expect(await act({ kind: 'deliver', messageId, status: 'read' })).toEqual([200, { done: true, status: 200 }]);
    expect(await act({ kind: 'press', messageId, button: 7 })).toEqual([
      409,
      { done: false, error: expect.any(String) },
    ]);
    expect(await act({ kind: 'type', messageId: 'nowhere', text: 'x' })).toMatchObject([409, { done: false }]);
    for (const wrong of [
      {},
      [],
      null,
      'press',
      { kind: 'press', messageId },
      { kind: 'deliver', messageId, status: 'lost' },
    ]) {
      expect((await act(wrong))[0]).toBe(400);
    }
    simulator.webhooks('http://127.0.0.1:9/');
    expect(await act({ kind: 'press', messageId, button: 0 })).toEqual([
      200,
      { done: true, error: expect.stringContaining('Cannot send the webhook') },
    ]);
    simulator.webhooks(app.url);
  });

  it('ends event streams when the simulator closes', async () => {
    const other = await GatewaySimulator.start();
    const news = await fetch(`${other.url}/phones/events`);
    const ended = news.text().catch(() => 'ended');
    await other.close();
    expect(await ended).toBe('ended');
  });
});
