import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EmbeddedPostgres } from '../../../lib/embedded-postgres/embedded-postgres.js';
import { until } from '../../support/time.js';
import { Child, compileEmbedded } from './child-process.js';
import { TemporaryDirectory } from './temporary-directory.js';

jest.setTimeout(120_000);
let compiled: TemporaryDirectory;
let module: string;
beforeAll(async () => {
  compiled = await TemporaryDirectory.make();
  module = await compileEmbedded(compiled.path);
});
afterAll(() => compiled.remove());

let directory: TemporaryDirectory;
beforeAll(async () => {
  directory = await TemporaryDirectory.make();
});
afterAll(() => directory.remove());

/** Inserts rows endlessly, three at a time, and prints each acknowledged row. */
const INSERTING = `
  const [module, directory] = process.argv.slice(1);
  const { EmbeddedPostgres } = await import(module);
  const { pool } = await EmbeddedPostgres.open({ directory });
  await pool.query('CREATE TABLE IF NOT EXISTS entry (id text PRIMARY KEY)');
  await pool.query('CREATE TABLE IF NOT EXISTS open_entry (id text)');
  const client = await pool.connect();
  for (let index = 0; index < 5; index += 1) {
    await client.query('BEGIN');
    await client.query("INSERT INTO open_entry VALUES ('rolled back')");
    await client.query('ROLLBACK');
  }
  client.release();
  for (let row = 0; ; row += 3) {
    await Promise.all([0, 1, 2].map(async (offset) => {
      const id = process.pid + ':' + (row + offset);
      await pool.query('INSERT INTO entry VALUES ($1)', [id]);
      console.log(id);
    }));
  }
`;

describe('EmbeddedPostgres in a killed process', () => {
  it('keeps every acknowledged row and unlocks the directory', async () => {
    const acknowledged: string[] = [];
    for (const rows of [30, 100, 200]) {
      const child = Child.run(INSERTING, module, directory.path);
      await until(() => child.lines.length >= rows, 60_000);
      await expect(EmbeddedPostgres.open({ directory: directory.path })).rejects.toThrow(directory.path);
      await child.kill();
      acknowledged.push(...child.lines);
    }
    const database = await EmbeddedPostgres.open({ directory: directory.path });
    const { rows } = await database.pool.query<{ id: string }>('SELECT id FROM entry');
    const found = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !found.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThanOrEqual(330);
    expect((await database.pool.query('SELECT id FROM open_entry')).rows).toEqual([]);
    await database.close();
  });

  it('opens a directory whose database creation was interrupted by the kill', async () => {
    const own = await TemporaryDirectory.make();
    const opening = `
      const [module, directory] = process.argv.slice(1);
      const { EmbeddedPostgres } = await import(module);
      await EmbeddedPostgres.open({ directory });
    `;
    const { access } = await import('node:fs/promises');
    const child = Child.run(opening, module, own.path);
    await until(
      () =>
        access(`${own.path}/data.new/PG_VERSION`).then(
          () => true,
          () => false,
        ),
      60_000,
    );
    await child.kill();
    const database = await EmbeddedPostgres.open({ directory: own.path });
    expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await database.close();
    await own.remove();
  });
});

describe('EmbeddedPostgres and the exit of its process', () => {
  it('lets the process exit after close despite listeners and pending queries', async () => {
    const script = `
      const [module, directory] = process.argv.slice(1);
      const { EmbeddedPostgres } = await import(module);
      const database = await EmbeddedPostgres.open({ directory });
      const client = await database.pool.connect();
      await client.query('LISTEN news');
      const asked = database.pool.query('SELECT 1 AS one');
      await database.close();
      console.log(JSON.stringify((await asked).rows));
      console.log('closed');
    `;
    const child = Child.run(script, module, directory.path);
    await expect(child.ended()).resolves.toBe(0);
    expect(child.lines).toEqual(['[{"one":1}]', 'closed']);
  });

  it('keeps the process alive until close', async () => {
    const script = `
      const [module, directory] = process.argv.slice(1);
      const { EmbeddedPostgres } = await import(module);
      await EmbeddedPostgres.open({ directory });
      console.log('open');
    `;
    const child = Child.run(script, module, directory.path);
    await until(() => child.lines.length === 1, 60_000);
    await expect(Promise.race([child.ended(), pause()])).resolves.toBe('still there');
    await child.kill();
  });
});

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 500, 'still there'));
}
