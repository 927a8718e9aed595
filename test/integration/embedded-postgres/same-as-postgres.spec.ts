import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Pool } from 'pg';
import { EmbeddedPostgres } from '../../../lib/embedded-postgres/embedded-postgres.js';
import { connectToPostgresServer } from './postgres-server.js';
import { TemporaryDirectory } from './temporary-directory.js';

jest.setTimeout(60_000);
const server = await connectToPostgresServer();

const values: [string, string, unknown[]][] = [
  ['int2, int4, int8', 'SELECT 1::int2 AS a, 2::int4 AS b, 9007199254740993::int8 AS c', []],
  ['count', 'SELECT count(*) FROM generate_series(1, 3)', []],
  ['numeric', 'SELECT 1.10::numeric AS a, 12345678901234567890.123::numeric AS b', []],
  ['float', "SELECT 1.5::float4 AS a, 0.1::float8 AS b, 'NaN'::float8 AS c", []],
  ['boolean and null', 'SELECT true AS a, false AS b, NULL AS c', []],
  ['text', `SELECT 'a''ä😀' AS a, 'b'::varchar(3) AS b, 'c'::char(3) AS c`, []],
  ['dates', "SELECT '2024-02-29 12:34:56.789+02'::timestamptz AS a, '2024-02-29'::date AS b", []],
  ['timestamp without time zone', "SELECT '2024-02-29 12:34:56.789'::timestamp AS a, '12:00'::time AS b", []],
  ['interval', "SELECT '1 day 02:03:04'::interval AS a", []],
  ['json', `SELECT '{"a":[1,"x",null]}'::json AS a, '{"b":{"c":true}}'::jsonb AS b`, []],
  ['bytea', "SELECT '\\x00ff10'::bytea AS a", []],
  ['uuid', "SELECT '11111111-2222-3333-4444-555555555555'::uuid AS a", []],
  ['arrays', "SELECT ARRAY[1,2]::int[] AS a, ARRAY['x',NULL,'y,\"z'] AS b, ARRAY[1,2]::int8[] AS c", []],
  ['a row without columns', 'SELECT', []],
  ['a string', 'SELECT $1::text AS a', ["it's 'quoted' \\ ä"]],
  ['numbers', 'SELECT $1::int AS a, $2::float8 AS b, $3::int8 AS c', [7, 1.25, 12345678901234567890n % 1000n]],
  ['booleans and null', 'SELECT $1::boolean AS a, $2::text AS b, $3::text AS c', [true, null, undefined]],
  ['a date', 'SELECT $1::timestamptz AS a', [new Date('2024-02-29T10:11:12.345Z')]],
  ['a buffer', 'SELECT $1::bytea AS a', [Buffer.from([0, 1, 254, 255])]],
  ['an object', 'SELECT $1::jsonb AS a', [{ a: [1, { b: 'ü' }] }]],
  ['an array of text', 'SELECT $1::text[] AS a', [['x', null, 'y "z"', '{}']]],
  ['an array of numbers', 'SELECT $1::int[] AS a', [[1, 2, 3]]],
  [
    'an array of arrays',
    'SELECT $1::int[][] AS a',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ],
  ['several statements', "SELECT 1 AS a; SELECT 'b' AS b", []],
  ['an update', 'CREATE TEMPORARY TABLE gone (a int); INSERT INTO gone VALUES (1), (2); UPDATE gone SET a = 3', []],
];

const faults: [string, string, unknown[]][] = [
  ['a syntax error', 'SELEC 1', []],
  ['an unknown table', 'SELECT * FROM missing', []],
  ['an unknown column', 'SELECT missing', []],
  ['a division by zero', 'SELECT 1 / $1::int', [0]],
  ['a value of the wrong type', 'SELECT $1::int', ['x']],
  ['too few values', 'SELECT $1::int, $2::int', [1]],
  ['a violated constraint', 'CREATE TEMPORARY TABLE held (a int CHECK (a > 0)); INSERT INTO held VALUES (-1)', []],
  ['a duplicate key', 'CREATE TEMPORARY TABLE keyed (a int PRIMARY KEY); INSERT INTO keyed VALUES (1), (1)', []],
  [
    'a raised exception',
    "DO $$ BEGIN RAISE EXCEPTION 'm' USING ERRCODE = 'BM001', DETAIL = '-1', HINT = 'h'; END $$",
    [],
  ],
];

async function answerOf(pool: Pool, text: string, parameters: unknown[]) {
  const result: unknown = await pool.query(text, parameters.length > 0 ? parameters : undefined);
  const results = Array.isArray(result) ? result : [result];
  return results.map(({ command, rowCount, rows, fields }) => ({
    command,
    rowCount,
    rows,
    fields: fields.map(nameAndType),
  }));
}

function nameAndType({ name, dataTypeID }: { name: string; dataTypeID: number }) {
  return [name, dataTypeID];
}

async function errorOf(pool: Pool, text: string, parameters: unknown[]) {
  const error: unknown = await pool
    .query(text, parameters.length > 0 ? parameters : undefined)
    .catch((thrown) => thrown);
  if (!(error instanceof Error)) throw new Error('the query did not fail');
  const { file, line, length, routine, schema, ...told } = { ...error } as Record<string, unknown>;
  // The name of the schema for temporary tables contains the session number.
  return { ...told, message: error.message, schema: String(schema).replace(/^(pg_temp_)\d+$/, '$1') };
}

if (server) {
  describe('EmbeddedPostgres compared with a PostgreSQL server', () => {
    let directory: TemporaryDirectory;
    let database: EmbeddedPostgres;
    beforeAll(async () => {
      directory = await TemporaryDirectory.make();
      database = await EmbeddedPostgres.open({ directory: directory.path });
    }, 120_000);
    afterAll(async () => {
      await Promise.all([database.close(), server.end()]);
      await directory.remove();
    });

    it.each(values)('returns the same result as PostgreSQL for %s', async (_name, text, parameters) => {
      expect(await answerOf(database.pool, text, parameters)).toEqual(await answerOf(server, text, parameters));
    });

    it.each(faults)('reports the same error as PostgreSQL for %s', async (_name, text, parameters) => {
      const told = await errorOf(database.pool, text, parameters);
      expect(told).toEqual(await errorOf(server, text, parameters));
      expect(told).toMatchObject({ code: expect.stringMatching(/^\w{5}$/), severity: 'ERROR' });
    });
  });
}
