import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Queue, QueueKeys, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import {
  JOB_KEY_SUFFIXES,
  keyIn,
  SCORES_OF_A_PRIORITY,
  WAITING_KEYS,
} from '../../../lib/queue/engines/bullmq-internals/redis.js';
import { JOB_COLLECTIONS, LISTED_FIELDS } from '../../../lib/queue/engines/bullmq-internals/redis-message-pages.js';
import {
  DELAY_MS,
  makeJobs,
  moved,
  PRIORITY,
  PROGRESS,
  REASON,
  RETURNED,
  TOKEN,
} from '../../support/queue/bullmq-jobs.js';
import { SERVERS } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { newRedis, REDIS_URL } from './stores/services.js';

/** The job that BullMQ created in each collection. */
const JOB_IN: Readonly<Record<string, string>> = {
  wait: 'is-waiting',
  prioritized: 'is-prioritized',
  delayed: 'is-delayed',
  active: 'is-active',
  completed: 'is-completed',
  failed: 'is-failed',
};
const TYPES = { list: 'list', set: 'zset' };
/** Matches the suffixes of the additional job keys in the scripts of BullMQ. */
const SUFFIX = /jobKey \.\. '(:[a-z]+)'/g;

describeOnServers(
  'Layout of BullMQ on %s',
  () => {
    const name = `layout-${randomUUID()}`;
    const key = (of: string) => keyIn({ prefix: 'bull', name }, of);
    let client: Redis;
    let queue: Queue;
    let worker: Worker;
    beforeAll(async () => {
      client = newRedis();
      queue = new Queue(name, { connection: { url: REDIS_URL } });
      worker = new Worker(name, null, { connection: { url: REDIS_URL }, autorun: false });
      await makeJobs({ queue, worker });
    });
    afterAll(async () => {
      await worker.close(true);
      await queue.obliterate({ force: true });
      await queue.close();
      client.disconnect();
    });

    const job = (id: string) => client.hgetall(key(id));

    it('has the expected key names', () => {
      const names = new QueueKeys('bull').getKeys(name);
      const shelves = Object.values(JOB_COLLECTIONS).flatMap((of) => of.map((shelf) => shelf.key));
      const own = new Set([...shelves, ...WAITING_KEYS.lists, ...WAITING_KEYS.sets, 'events']);
      expect(moved(Object.fromEntries([...own].map((of) => [of, key(of)])), names)).toEqual([]);
      expect(queue.toKey('id-of-a-job')).toBe(key('id-of-a-job'));
    });

    it('keeps the jobs of each state in the expected keys and types', async () => {
      const shelves = Object.values(JOB_COLLECTIONS).flat();
      const relied = shelves.map((shelf) => [`the key ${shelf.key}`, [TYPES[shelf.form], true]]);
      const found = await Promise.all(
        shelves.map(async (shelf) => {
          const [of, id] = [key(shelf.key), JOB_IN[shelf.key] ?? ''];
          const type = await client.type(of);
          const place = await (type === 'list' ? client.lpos(of, id) : client.zscore(of, id));
          return [`the key ${shelf.key}`, [type, place !== null]];
        }),
      );
      expect(moved(Object.fromEntries(relied), Object.fromEntries(found))).toEqual([]);
      const events = { 'the key events': await client.type(key('events')) };
      expect(moved({ 'the key events': 'stream' }, events)).toEqual([]);
    });

    it('orders its lists and sets as expected', async () => {
      const completed = Number(await client.hget(key('is-completed'), 'finishedOn'));
      const timestamp = Number(await client.hget(key('is-delayed'), 'timestamp'));
      const score = async (set: string) => Number(await client.zscore(key(set), JOB_IN[set] ?? ''));
      const found = {
        'the next job in wait': await client.lindex(key('wait'), -1),
        'the last job in wait': await client.lindex(key('wait'), 0),
        'the score in prioritized': Math.floor((await score('prioritized')) / SCORES_OF_A_PRIORITY),
        'the score in delayed': Math.floor((await score('delayed')) / 4_096),
        'the score in completed': await score('completed'),
      };
      const relied = {
        'the next job in wait': 'is-waiting',
        'the last job in wait': 'is-waiting-behind',
        'the score in prioritized': PRIORITY,
        'the score in delayed': timestamp + DELAY_MS,
        'the score in completed': completed,
      };
      expect(moved(relied, found)).toEqual([]);
    });

    it('writes the expected fields of a job', async () => {
      const [completed, failed, active] = await Promise.all(['is-completed', 'is-failed', 'is-active'].map(job));
      const data = JSON.stringify({ once: { call: 'call' } });
      expect(moved({ data, ats: '1', progress: JSON.stringify(PROGRESS) }, { ...active })).toEqual([]);
      const relied = { data, returnvalue: JSON.stringify(RETURNED), atm: '1', ats: '1' };
      expect(moved(relied, { ...completed })).toEqual([]);
      expect(moved({ data, failedReason: REASON, atm: '1' }, { ...failed })).toEqual([]);
      const ended = new Set([...Object.keys({ ...completed }), ...Object.keys({ ...failed })]);
      expect(LISTED_FIELDS.filter((field) => !ended.has(field))).toEqual([]);
      expect(Math.abs(Number(active?.timestamp) - Date.now())).toBeLessThan(60_000);
    });

    it('keeps the lock of a job only while the job is active', async () => {
      const locks = ['is-active', 'is-completed', 'is-waiting'].map((id) => client.get(key(`${id}:lock`)));
      const [active, completed, waiting] = await Promise.all(locks);
      const relied = { 'the lock of an active job': TOKEN, 'of a completed': null, 'of a waiting': null };
      const found = { 'the lock of an active job': active, 'of a completed': completed, 'of a waiting': waiting };
      expect(moved(relied, found)).toEqual([]);
      expect(await client.pttl(key('is-active:lock'))).toBeGreaterThan(0);
    });

    it('uses the expected suffixes for the other keys of a job', async () => {
      const script = await readFile('node_modules/bullmq/dist/cjs/commands/includes/removeJobKeys.lua', 'utf8');
      const suffixes = [...script.matchAll(SUFFIX)].map(([, suffix]) => suffix);
      expect(suffixes.sort()).toEqual([...JOB_KEY_SUFFIXES].sort());
    });
  },
  SERVERS.filter((server) => server === 'redis'),
);
