import { readdir, readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { ButtonMessage, Message } from '../../../lib/index.js';
import { RunningPlayground } from '../../support/running-playground.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);

const message: ButtonMessage = {
  to: '+55 11 93333-0001',
  text: 'Shall we confirm?',
  buttons: [
    { type: 'reply', id: 'yes', title: 'Yes' },
    { type: 'url', title: 'See more', url: 'https://example.com' },
  ],
};
const LIST: Message = {
  to: '+55 11 93333-0001',
  text: 'Which time suits you?',
  list: { button: 'Choose', sections: [{ title: 'Tuesday', rows: [{ id: '9', title: '9:00' }] }] },
};
const TEMPLATE: Message = {
  to: '+55 11 93333-0001',
  template: { name: 'reminder', language: 'pt_BR', body: { time: '10:00' } },
};
const single = { ...message, buttons: message.buttons.slice(0, 1) };

describe('the playground', () => {
  let playground: RunningPlayground | undefined;
  const running = (): RunningPlayground => {
    if (!playground) throw new Error('The playground was not started');
    return playground;
  };
  beforeAll(async () => {
    playground = await RunningPlayground.start();
  }, 90_000);
  afterAll(() => playground?.close());

  it('says where its page and the phones are, and gives a curl that works', async () => {
    const { output, url } = running();
    const [, simulator = ''] = /The phones are at\s+(\S+)/.exec(output) ?? [];
    expect((await fetch(simulator)).status).toBe(200);
    const [, body = ''] = /curl -X POST \S+\/messages .* -d '(.*)'/.exec(output) ?? [];
    const sent = await fetch(`${url}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(sent.status).toBe(201);
    expect(await sent.json()).toMatchObject({ provider: 'z-api', attempts: 1 });
  });

  it('does nothing for pages of others', async () => {
    const { url } = running();
    const pause = (headers: Record<string, string>) =>
      fetch(`${url}/playground/queue/resume`, { method: 'POST', headers });
    expect((await pause({ Origin: 'https://example.com' })).status).toBe(403);
    expect((await pause({ Origin: 'null' })).status).toBe(403);
    expect((await pause({ Origin: url })).status).toBe(204);
    const { port } = new URL(url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { Host: `rebound.example:${port}` };
      get({ host: '127.0.0.1', port, headers }, ({ statusCode }) => resolve(statusCode)).once('error', reject);
    });
    expect(status).toBe(403);
  });

  it('serves its page, which may reach nobody but its server and the simulator, and is small', async () => {
    const { url, page } = running();
    const { headers, status } = await fetch(url);
    expect(status).toBe(200);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src 'none'; script-src 'self'; .*connect-src 'self' http:\/\/127\.0\.0\.1:\d+;/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(await compressedSize(page)).toBeLessThan(150_000);
    const html = await readFile(join(page, 'index.html'), 'utf8');
    expect(html).not.toMatch(/https?:\/\//);
  });

  it('describes the routes that send messages, with the rules of their bodies', async () => {
    const document: OpenAPIObject = JSON.parse(await (await fetch(`${running().url}/docs-json`)).text());
    // Nest's reading of `@Headers` alone would demand them.
    const headers = document.paths['/messages']?.post?.parameters ?? [];
    expect(headers).toEqual([
      expect.objectContaining({ name: 'idempotency-key', required: false }),
      expect.objectContaining({ name: 'x-account', required: false }),
    ]);
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/messages', '/z-api/send-button-list']));
    expect(Object.keys(document.paths).filter((path) => path.startsWith('/playground'))).toEqual([]);
    expect(document.components?.schemas).toMatchObject({
      ButtonMessageDto: { properties: { text: { maxLength: 1_024 } } },
      TextMessageDto: { properties: { text: { maxLength: 4_096 } } },
    });
    const kinds = ['ButtonMessageDto', 'ListMessageDto', 'TextMessageDto', 'TemplateMessageDto'];
    for (const path of ['/messages', '/messages/carriers']) {
      expect(document.paths[path]?.post?.requestBody).toMatchObject({
        content: {
          'application/json': { schema: { oneOf: kinds.map((kind) => ({ $ref: `#/components/schemas/${kind}` })) } },
        },
      });
    }
  });

  it('sends a message of any kind by its route, and rejects what is none', async () => {
    const { url } = running();
    const send = (body: unknown) =>
      fetch(`${url}/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-account': 'whatsapp-cloud' },
        body: JSON.stringify(body),
      });
    expect((await send(LIST)).status).toBe(201);
    expect((await send({ to: LIST.to, text: 'Thank you!' })).status).toBe(201);
    expect((await send(TEMPLATE)).status).toBe(201);
    const missing = await send({ ...LIST, list: { button: 'Choose', sections: [] } });
    expect(missing.status).toBe(400);
    expect(await missing.json()).toMatchObject({ issues: [{ path: 'list.sections' }] });
    expect((await send([])).status).toBe(400);
  });

  it('previews without sending, and refuses what it does not know', async () => {
    const answer = await running().post('/playground/preview', { message, mixed: 'split' });
    expect(await answer.json()).toMatchObject([
      { account: 'z-api', as: 'split', requests: [{ method: 'POST' }, { method: 'POST' }] },
      { account: 'chatvolt', as: 'split' },
      { account: 'whatsapp-cloud', as: 'split' },
    ]);
    const list = await running().post('/playground/preview', { message: LIST, inReplyTo: 'wamid.1' });
    expect(await list.json()).toMatchObject([
      { account: 'z-api', carries: false, reasons: ['Z-API can quote a message only with a text'] },
      { account: 'chatvolt', carries: false },
      { account: 'whatsapp-cloud', as: 'list', requests: [{ body: { context: { message_id: 'wamid.1' } } }] },
    ]);
    const template = await running().post('/playground/preview', { message: TEMPLATE });
    expect(await template.json()).toMatchObject([{ carries: false }, { as: 'template' }, { as: 'template' }]);
    expect((await running().post('/playground/preview', { message, whatever: 1 })).status).toBe(400);
    expect((await running().post('/playground/faults', { provider: 'z-api', fault: 'none', times: 1 })).status).toBe(
      400,
    );
  });

  it('enqueues one message for many, and nothing that is faulty', async () => {
    const news = await listen(running().url);
    await running().post('/playground/queue/pause');
    const many = await running().post('/playground/queue/many', { message: single, count: 7, account: 'chatvolt' });
    expect(await many.json()).toEqual({ enqueued: 7 });
    await until(() => news.some(({ kind, counts, paused }) => kind === 'queue' && paused && counts?.waiting === 7));
    await running().post('/playground/queue/resume');
    await until(() => news.some(({ kind, counts }) => kind === 'queue' && counts?.sent === 7), 20_000);
    const faulty = await running().post('/playground/queue/many', { message: { ...single, text: '' }, count: 2 });
    expect(faulty.status).toBe(400);
    expect(await faulty.json()).toMatchObject({ code: 'invalid-message' });
  });

  it('tells of the faults to come, until they were met or healed', async () => {
    const news = await listen(running().url);
    const told = (left: number[]) => () =>
      JSON.stringify(news.findLast(({ kind }) => kind === 'faults')?.pending?.map((fault) => fault.left)) ===
      JSON.stringify(left);
    await running().post('/playground/faults', { provider: 'z-api', fault: 'rate-limited', times: 2 });
    await until(told([2]));
    await running().post('/playground/messages', { message: single, by: 'send', account: 'z-api' });
    await until(told([]));
    await running().post('/playground/faults', { provider: 'chatvolt', fault: 'garbage', times: 5 });
    await until(told([5]));
    await fetch(`${running().url}/playground/faults`, { method: 'DELETE' });
    await until(told([]));
  });
});

interface News {
  kind: string;
  counts?: Record<string, number>;
  paused?: boolean;
  pending?: { left: number }[];
}

/** What is told from now on; the listening ends with the playground. */
async function listen(url: string): Promise<News[]> {
  const news: News[] = [];
  const { body } = await fetch(`${url}/playground/news`);
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('data: ')) news.push(JSON.parse(line.slice(6)));
    }
  };
  read().catch(() => {});
  return news;
}

/** Of all files together, as a server that compresses sends them. */
async function compressedSize(directory: string): Promise<number> {
  const names = await readdir(directory, { recursive: true });
  const files = names.filter((name) => ['.html', '.js', '.css', '.svg', '.woff2'].includes(extname(name)));
  const sizes = await Promise.all(
    files.map(async (name) => {
      const bytes = await readFile(join(directory, name));
      return name.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
