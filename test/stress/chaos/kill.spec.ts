import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { compileLibrary } from '../../support/queue/compiled-library.js';
import { ENGINES, type EngineName } from '../../support/queue/engines.js';
import { type KillReport, killRun } from './kill-run.js';

jest.setTimeout(120_000);
const KILLS = 4;
const MESSAGES = 120;
let library: string;
/** The runs are concurrent: they mostly wait for locks of killed processes. */
let runs: Map<EngineName, Promise<KillReport>>;
beforeAll(async () => {
  library = await mkdtemp(join(tmpdir(), 'queue-library-'));
  await compileLibrary(library);
  const seed = Math.floor(Math.random() * 1_000_000);
  runs = new Map(
    ENGINES.map((engine) => [engine, killRun({ engine, library, seed, kills: KILLS, messages: MESSAGES })]),
  );
  await Promise.allSettled(runs.values());
}, 120_000);
afterAll(() => rm(library, { recursive: true, force: true }));

it.each(ENGINES)('loses no message and sends none twice when the queue process is killed, on %s', async (engine) => {
  const report = await runs.get(engine);
  expect(report).toMatchObject({ kills: KILLS, lost: [], twice: [], endedByItself: true });
  expect(report?.accepted).toBe(MESSAGES - (report?.unacknowledged ?? 0));
  expect(report?.accepted).toBe((report?.sent ?? 0) + (report?.held ?? 0));
  expect(report?.sent).toBeGreaterThan(MESSAGES / 4);
});
