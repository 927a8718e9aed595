import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createPostgresBackend, isPgPool, runMigrations, withBackend } from 'bullmq';
import { Pool } from 'pg';
import { type Database, PostgresJobs } from '../../../lib/queue/engines/bullmq-internals/postgres.js';
import { PostgresMessagePages } from '../../../lib/queue/engines/bullmq-internals/postgres-message-pages.js';
import {
  tablesVersion,
  UNUSED_TABLES,
  VERSION_TABLE,
} from '../../../lib/queue/engines/bullmq-internals/postgres-tables.js';
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
import { POSTGRES_URL } from './stores/services.js';

const COLUMNS: Readonly<Record<string, string>> = {
  'job.queue': 'text',
  'job.id': 'text',
  'job.seq': 'int8',
  'job.state': 'job_state',
  'job.data': 'jsonb',
  'job.priority': 'int4',
  'job.attempts_made': 'int4',
  'job.attempts_started': 'int4',
  'job.progress': 'jsonb',
  'job.return_value': 'jsonb',
  'job.failed_reason': 'text',
  'job.added_at_ms': 'int8',
  'job.process_at_ms': 'int8',
  'job.finished_at_ms': 'int8',
  'job.lock_token': 'text',
  'job.locked_until_ms': 'int8',
  'job.stalled_marked': 'bool',
  'event.queue': 'text',
  'event.id': 'int8',
  'migration.version': 'int4',
};
const STATES = ['waiting', 'delayed', 'active', 'completed', 'failed'];
/** The order columns and the states of each index. */
const INDEXES = {
  'the index of what waits': '(queue, priority, seq) waiting',
  'the index of what is delayed': '(queue, process_at_ms) delayed',
  'the index of what has ended': '(queue, state, finished_at_ms) completed failed',
};
const QUEUE = `layout-${randomUUID()}`;

describeOnServers(
  'Layout of BullMQ on %s',
  () => {
    let pool: Pool;
    let close: () => Promise<void>;
    beforeAll(async () => {
      pool = new Pool({ connectionString: POSTGRES_URL, options: '-c search_path=bullmq,public' });
      const connection: unknown = pool;
      if (!isPgPool(connection)) throw new Error('BullMQ does not take the pool for one of node-postgres');
      const client = await connection.connect();
      await runMigrations(client);
      client.release();
      const { Queue, Worker } = withBackend(createPostgresBackend);
      const queue = new Queue(QUEUE, { connection });
      const worker = new Worker(QUEUE, null, { connection, autorun: false });
      close = async () => {
        await worker.close(true);
        await queue.obliterate({ force: true });
        await queue.close();
        await pool.end();
      };
      await makeJobs({ queue, worker });
    });
    afterAll(() => close());

    const texts = async (statement: string, values: unknown[] = []) =>
      (await pool.query<{ text: string }>(statement, values)).rows.map(({ text }) => text);

    async function rowOf(id: string): Promise<Record<string, unknown>> {
      const { rows } = await pool.query<Record<string, unknown>>('SELECT * FROM job WHERE queue = $1 AND id = $2', [
        QUEUE,
        id,
      ]);
      return { ...rows[0] };
    }

    it('has the expected columns and types', async () => {
      const { rows } = await pool.query<{ name: string; type: string }>(
        `SELECT table_name || '.' || column_name AS name, udt_name AS type
           FROM information_schema.columns WHERE table_schema = 'bullmq'`,
      );
      const found = Object.fromEntries(rows.map(({ name, type }) => [name, type]));
      expect(moved(COLUMNS, found)).toEqual([]);
    });

    it('has the expected states, functions, indexes and tables', async () => {
      const states = await texts(`SELECT unnest(enum_range(NULL::bullmq.job_state))::text AS text`);
      const functions = await texts(
        `SELECT name::regprocedure::text AS text FROM unnest($1::text[]) AS name WHERE to_regprocedure(name) IS NOT NULL`,
        [['bullmq.job_id_seq_name(text)', 'bullmq.next_job_id(text)']],
      );
      const indexes = await texts(
        `SELECT substring(indexdef FROM 'btree (\\(.*?\\))') || ' ' || coalesce(array_to_string(array(
                SELECT match[1] FROM regexp_matches(indexdef, '''([a-z]+)''', 'g') AS match), ' '), '') AS text
           FROM pg_indexes WHERE schemaname = 'bullmq' AND tablename = 'job'`,
      );
      const unused = await texts(
        `SELECT tablename AS text FROM pg_tables WHERE schemaname = 'bullmq' AND tablename LIKE $1 LIMIT 1`,
        [UNUSED_TABLES],
      );
      expect(STATES.filter((state) => !states.includes(state))).toEqual([]);
      expect(functions).toHaveLength(2);
      expect(unused).toHaveLength(1);
      const found = Object.entries(INDEXES).map(([part, index]) => [part, indexes.find((one) => one === index)]);
      expect(moved(INDEXES, Object.fromEntries(found))).toEqual([]);
    });

    it('stores the version of its tables where tablesVersion reads it', async () => {
      const [version] = await texts(`SELECT max(version)::text AS text FROM bullmq.${VERSION_TABLE}`);
      expect(await tablesVersion(pool)).toBe(Number(version));
    });

    it('writes the expected values of a job in each state', async () => {
      const added = { state: 'waiting', priority: 0, attempts_started: 0, lock_token: null, stalled_marked: false };
      const active = { state: 'active', lock_token: TOKEN, attempts_started: 1, attempts_made: 0, progress: PROGRESS };
      const completed = { state: 'completed', return_value: RETURNED, attempts_made: 1, lock_token: null };
      const failed = { state: 'failed', failed_reason: REASON, data: { once: { call: 'call' } }, lock_token: null };
      expect(moved(added, await rowOf('is-waiting'))).toEqual([]);
      expect(moved(active, await rowOf('is-active'))).toEqual([]);
      expect(moved(completed, await rowOf('is-completed'))).toEqual([]);
      expect(moved(failed, await rowOf('is-failed'))).toEqual([]);
      expect(moved({ state: 'waiting', priority: PRIORITY }, await rowOf('is-prioritized'))).toEqual([]);
      const { added_at_ms: addedAt, ...delayed } = await rowOf('is-delayed');
      expect(moved({ state: 'delayed', process_at_ms: String(Number(addedAt) + DELAY_MS) }, delayed)).toEqual([]);
    });

    it('stores times in milliseconds', async () => {
      const near = { asymmetricMatch: (value: unknown) => Math.abs(Number(value) - Date.now()) < 60_000 };
      expect(await rowOf('is-active')).toMatchObject({ locked_until_ms: near, added_at_ms: near });
      expect(await rowOf('is-completed')).toMatchObject({ finished_at_ms: near });
      expect(await rowOf('is-failed')).toMatchObject({ finished_at_ms: near });
    });

    it('is read and written only through the checked columns of the job table', async () => {
      const statements: string[] = [];
      const database: Database = { query: watched(pool, statements) };
      const jobs = new PostgresJobs({ producer: database, consumer: database });
      const pages = new PostgresMessagePages(database);
      const write = { queue: 'none', jobId: 'none', lockToken: '', progress: 'request-left' } as const;
      const answers = [
        await jobs.writeProgress([write]),
        await jobs.writeProgress([write, { ...write, jobId: 'other' }]),
        await jobs.removeWaiting('none', 'none'),
        await jobs.orderRange('none', 7),
        await jobs.unmark('none', 'none', 1),
        await jobs.removeFailed('none', 'none', 'call'),
        await jobs.forget(undefined, { queue: 'none', state: 'failed', keepMs: 0, most: 1 }),
        await jobs.lastEventId('none'),
      ];
      expect(answers).toEqual([[false], [false, false], false, undefined, false, false, 0, '0']);
      for (const state of ['waiting', 'delayed', 'active', 'sent', 'failed', 'held'] as const) {
        const after = { ids: ['none'], order: ['1', '1'] };
        expect(await pages.page('none', { state, limit: 1, after })).toEqual({ jobs: [], end: undefined });
        expect(await pages.placeOf('none', state, 'none')).toBeUndefined();
      }
      const words = new Set(statements.join(' ').match(/\w+/g));
      const columns = await texts(
        `SELECT column_name AS text FROM information_schema.columns WHERE table_schema = 'bullmq' AND table_name = 'job'`,
      );
      const used = columns.filter((column) => words.has(column));
      expect(used.filter((column) => COLUMNS[`job.${column}`] === undefined)).toEqual([]);
    });
  },
  SERVERS.filter((server) => server === 'postgres'),
);

/** Returns the `query` of a pool that records the statements. */
function watched(pool: Pool, statements: string[]): Pool['query'] {
  return new Proxy(pool.query, {
    apply: (query, _, given: unknown[]) => {
      statements.push(String(given[0]));
      return Reflect.apply(query, pool, given);
    },
  });
}
