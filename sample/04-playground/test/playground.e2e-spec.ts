import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { Message } from 'nestjs-button-messaging';
import { GatewaySimulator } from 'nestjs-button-messaging/simulator';
import { AppModule } from '../src/app.module.js';
import type { Timeline } from '../src/timelines/timeline.interface.js';
import { TimelinesService } from '../src/timelines/timelines.service.js';

const TIMEOUT_MS = 20_000;
const POLL_INTERVAL_MS = 20;
const MESSAGE: Message = {
  to: '+55 11 99999-9999',
  text: 'See you tomorrow at 10:00?',
  buttons: [{ type: 'reply', id: 'confirm', title: 'Confirm' }],
};

describe('04-playground', () => {
  let directory: string;
  let app: INestApplication;
  let simulator: GatewaySimulator;
  let url: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'playground-'));
    process.env.QUEUE_DIRECTORY = directory;
    const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = testing.createNestApplication();
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    simulator = app.get(GatewaySimulator);
    simulator.webhooks(`${url}/webhooks`);
  }, 60_000);
  afterAll(async () => {
    await app.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function send(by: 'send' | 'queue', message: Message = MESSAGE): Promise<string> {
    const response = await fetch(`${url}/playground/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message, by }),
    });
    expect(response.status).toBe(202);
    const { timeline } = (await response.json()) as { timeline: string };
    return timeline;
  }

  async function timelineWith(id: string, kind: string): Promise<Timeline> {
    const timelines = app.get(TimelinesService);
    for (let waitedMs = 0; waitedMs < TIMEOUT_MS; waitedMs += POLL_INTERVAL_MS) {
      const timeline = timelines.list().find((each) => each.id === id);
      if (timeline?.entries.some((entry) => entry.kind === kind)) return timeline;
      await sleep(POLL_INTERVAL_MS);
    }
    throw new Error(`The timeline has no entry "${kind}": ${JSON.stringify(timelines.list())}`);
  }

  it.each([
    ['send', []],
    ['queue', ['enqueued']],
  ] as const)(
    'follows a message from %s to the handler of its reply',
    async (by, enqueued) => {
      const id = await send(by);
      await timelineWith(id, 'accepted');
      await simulator.press(simulator.messages().at(-1)?.id ?? '', 'confirm');
      const { entries } = await timelineWith(id, 'handled');
      const kinds = entries.map(({ kind }) => kind);
      // The queue may send a message before `enqueue` resolves.
      expect(kinds.filter((kind) => kind === 'enqueued')).toEqual(enqueued);
      expect(kinds.filter((kind) => kind !== 'enqueued')).toEqual([
        'attempt',
        'attempt-ended',
        'accepted',
        'reply',
        'handled',
      ]);
    },
    2 * TIMEOUT_MS,
  );

  it(
    'adds a text to the timeline of the latest message to its sender',
    async () => {
      const id = await send('send', { to: '+55 11 99999-0002', text: 'See you tomorrow!' });
      await timelineWith(id, 'accepted');
      await simulator.type(simulator.messages().at(-1)?.id ?? '', 'Thank you');
      const { entries } = await timelineWith(id, 'handled');
      expect(entries.find(({ kind }) => kind === 'text')).toMatchObject({ text: 'Thank you', account: 'z-api' });
    },
    2 * TIMEOUT_MS,
  );
});
