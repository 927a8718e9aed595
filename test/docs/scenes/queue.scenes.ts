import { expect } from '@jest/globals';
import type { INestApplication, Type } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { ButtonMessagingModule, PersonStore, recipientKey } from '../../../lib/index.js';
import { ButtonMessagingQueue, ButtonMessagingQueueModule } from '../../../lib/queue/index.js';
import { newPool, newRedis } from '../../integration/queue/stores/services.js';
import { ENGINES, type EngineName, placeOn } from '../../support/queue/engines.js';
import { until } from '../../support/time.js';
import { classIn, functionIn, moduleOf, play, type Scene, type Stage } from './stage.js';

interface HeldMessages {
  clearOld(before: Date): Promise<number>;
}

interface QueueStage {
  stage: Stage;
  app: INestApplication;
  queue: ButtonMessagingQueue;
  name: string;
}

const FORMS = ['5511999990001', '551199990001'];
const ANA = /5511999990001|551199990001|99999-0001|81000000000001/;
const BRUNO = /551199990002.*81000000000002|81000000000002.*551199990002/;

export const QUEUE_SCENES: Readonly<Record<string, Scene>> = {
  held: (exports) => {
    const held = classIn<HeldMessages>(exports, 'HeldMessagesService');
    return playOn(ENGINES[0] ?? 'embedded', [held], async ({ stage, app, queue }) => {
      stage.simulator.fail('z-api', 'drop-after-accepting');
      await queue.enqueue(messageTo('+55 11 99999-0001'));
      await until(async () => (await queue.counts()).held === 1);
      expect(await app.get(held).clearOld(new Date(0))).toBe(0);
      expect(await app.get(held).clearOld(new Date(Date.now() + 1_000))).toBe(1);
      expect(await queue.counts()).toMatchObject({ held: 0 });
    });
  },

  forget: (exports) =>
    playOn('redis', [], async ({ stage, app, queue, name }) => {
      await fill(stage, app, queue);
      const redis = newRedis();
      expect(await allIn(redis, name)).toMatch(ANA);
      await functionIn(exports, 'forget')(redis, FORMS, name);
      const left = await allIn(redis, name);
      redis.disconnect();
      expect(left).not.toMatch(ANA);
      expect(left).toMatch(BRUNO);
    }),

  'forget in postgres': (_exports, sql) =>
    playOn('postgres', [], async ({ stage, app, queue, name }) => {
      await fill(stage, app, queue);
      const pool = newPool();
      expect(await rowsOf(pool, name)).toMatch(ANA);
      await pool.query(`BEGIN; ${sql.replaceAll('button-messaging', name)} COMMIT`);
      const left = await rowsOf(pool, name);
      await pool.end();
      expect(left).not.toMatch(ANA);
      expect(left).toMatch(BRUNO);
    }),
};

/** The scenes whose server is not there. */
export const UNPLAYABLE: readonly string[] = [
  ...(ENGINES.includes('redis') ? [] : ['forget']),
  ...(ENGINES.includes('postgres') ? [] : ['forget in postgres']),
];

/** Plays with an application that has a queue. */
async function playOn(engine: EngineName, providers: Type[], work: (parts: QueueStage) => Promise<void>) {
  const place = await placeOn(engine);
  try {
    await play(async (stage) => {
      const accounts = [stage.account('z-api')];
      const messaging = ButtonMessagingModule.forRoot({ accounts, retry: { attempts: 1 }, logger: false });
      const queues = ButtonMessagingQueueModule.forRoot({ engine: place.engine, name: place.name, attempts: 1 });
      const { app } = await stage.start(moduleOf({ imports: [messaging, queues], providers }));
      await work({ stage, app, queue: app.get(ButtonMessagingQueue, { strict: false }), name: place.name });
    });
  } finally {
    await place.remove();
  }
}

/** Messages to Ana in every state, and one to Bruno that was sent. */
async function fill({ simulator }: Stage, app: INestApplication, queue: ButtonMessagingQueue): Promise<void> {
  const [ana, bruno] = ['+55 11 99999-0001', '+55 11 99999-0002'] as const;
  const state = async (id: string) => (await queue.find(id))?.state;
  const enqueued = async (to: string, options = {}) => (await queue.enqueue(messageTo(to), options)).id;
  for (let message = 0; message < 2; message += 1) {
    const sent = await enqueued(ana, { lateFallback: 'text' });
    await until(async () => (await state(sent)) === 'sent');
  }
  const people = app.get(PersonStore, { strict: false });
  await people.save('z-api', { phone: recipientKey(ana), lid: '81000000000001@lid' });
  await people.save('z-api', { phone: recipientKey(bruno), lid: '81000000000002@lid', former: '551199990003' });
  simulator.fail('z-api', 'drop-after-accepting');
  const held = await enqueued(ana);
  await until(async () => (await state(held)) === 'held');
  simulator.fail('z-api', { status: 400, body: { error: 'Phone 5511999990001 is barred' } });
  const failed = await enqueued(ana);
  await until(async () => (await state(failed)) === 'failed');
  await enqueued(ana, { sendAt: new Date(Date.now() + 3_600_000) });
  const other = await enqueued(bruno);
  await until(async () => (await state(other)) === 'sent');
}

function messageTo(to: string) {
  return { to, text: 'Hi', buttons: [{ type: 'reply' as const, id: 'yes', title: 'Yes' }] };
}

/** Everything that Redis has of a queue, in one text. */
async function allIn(redis: Redis, name: string): Promise<string> {
  const keys = await redis.keys(`*${name}*`);
  return JSON.stringify(await Promise.all(keys.map((key) => valueAt(redis, key))));
}

async function valueAt(redis: Redis, key: string): Promise<unknown> {
  switch (await redis.type(key)) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'stream':
      return redis.xrange(key, '-', '+');
    default:
      return undefined;
  }
}

/** Everything that PostgreSQL has of a queue, in one text. */
async function rowsOf(pool: Pool, name: string): Promise<string> {
  const results = await Promise.all([
    pool.query('SELECT * FROM bullmq.job WHERE queue LIKE $1', [`${name}%`]),
    pool.query('SELECT * FROM bullmq.event WHERE queue LIKE $1', [`${name}%`]),
    pool.query(`SELECT * FROM "${name}".messaging_sent`),
    pool.query(`SELECT * FROM "${name}".messaging_people`),
  ]);
  return JSON.stringify(results.map(({ rows }) => rows));
}
