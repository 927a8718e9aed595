import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { EmbeddedPostgresError } from '../../../lib/embedded-postgres/embedded-postgres.errors.js';
import { EmbeddedPostgres } from '../../../lib/embedded-postgres/embedded-postgres.js';
import { TemporaryDirectory } from './temporary-directory.js';

jest.setTimeout(120_000);
let directory: TemporaryDirectory;
beforeEach(async () => {
  directory = await TemporaryDirectory.make();
});
afterEach(() => directory.remove());

it('creates a missing EmbeddedPostgres directory and locks it until close', async () => {
  const path = join(directory.path, 'not', 'yet');
  const first = await EmbeddedPostgres.open({ directory: relative(process.cwd(), path) });
  const refused = await EmbeddedPostgres.open({ directory: path }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(EmbeddedPostgresError);
  expect(refused).toMatchObject({ code: 'directory-in-use', directory: path });
  expect(String(refused)).toContain(path);
  await first.close();
  const second = await EmbeddedPostgres.open({ directory: path });
  await second.close();
});

it('unlocks an EmbeddedPostgres directory with a broken database and names it', async () => {
  await mkdir(join(directory.path, 'data'));
  await writeFile(join(directory.path, 'data', 'PG_VERSION'), 'not a database');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const refused = await EmbeddedPostgres.open({ directory: directory.path }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'EmbeddedPostgresError', code: 'database-failed' });
    expect(String(refused)).toContain(directory.path);
  }
});

it('sets search_path to the quoted names of the EmbeddedPostgres searchPath option', async () => {
  const database = await EmbeddedPostgres.open({ directory: directory.path, searchPath: ['Own "one"', 'public'] });
  const { rows } = await database.pool.query('SHOW search_path');
  expect(rows).toEqual([{ search_path: '"Own ""one""", "public"' }]);
  await database.close();
});
