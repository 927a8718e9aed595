import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { Child, compileEmbedded } from './child-process.js';
import { TemporaryDirectory } from './temporary-directory.js';

jest.setTimeout(120_000);
let compiled: TemporaryDirectory;
let directory: TemporaryDirectory;
beforeAll(async () => {
  compiled = await TemporaryDirectory.make();
  directory = await TemporaryDirectory.make();
});
afterAll(() => Promise.all([compiled.remove(), directory.remove()]));

it('keeps no query results in the memory of the EmbeddedPostgres thread', async () => {
  const answering = `
    import { setFlagsFromString } from 'node:v8';
    const [module, directory] = process.argv.slice(1);
    const { EmbeddedPostgres } = await import(module);
    // Limits the heap of the database thread. The parsed results together need several times as much.
    setFlagsFromString('--max-old-space-size=64');
    const database = await EmbeddedPostgres.open({ directory });
    let rows = 0;
    for (let query = 0; query < 300; query += 1) {
      const sql = "SELECT number, 'row ' || number FROM generate_series(1, 2000) AS number";
      rows += (await database.pool.query(sql)).rowCount;
    }
    console.log(rows);
    await database.close();
  `;
  const child = Child.run(answering, await compileEmbedded(compiled.path), directory.path);
  expect(await child.ended()).toBe(0);
  expect(child.lines).toEqual(['600000']);
});
