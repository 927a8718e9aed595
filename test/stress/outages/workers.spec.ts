import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { compileLibrary } from '../../support/queue/compiled-library.js';
import { ENGINES } from '../../support/queue/engines.js';
import { type Misfortune, type WorkersReport, workersRun } from './workers-run.js';

jest.setTimeout(120_000);
const MISFORTUNES: readonly Misfortune[] = ['killed', 'paused'];
// The embedded engine supports only one process.
const SHARED = ENGINES.filter((engine) => engine !== 'embedded');
let library: string;
/** The runs are concurrent: they mostly wait for locks of failed workers. */
const runs = new Map<string, Promise<WorkersReport>>();
beforeAll(async () => {
  library = await mkdtemp(join(tmpdir(), 'queue-library-'));
  await compileLibrary(library);
  for (const engine of SHARED) {
    for (const misfortune of MISFORTUNES) runs.set(`${engine} ${misfortune}`, workersRun(engine, misfortune, library));
  }
  await Promise.allSettled(runs.values());
}, 120_000);
afterAll(() => rm(library, { recursive: true, force: true }));

describe.each(SHARED)('Two queue workers on %s', (engine) => {
  it.each(MISFORTUNES)('sends or holds every message once when one worker is %s', async (misfortune) => {
    const report = await runs.get(`${engine} ${misfortune}`);
    if (process.env.FIGURES) console.log(`${engine}, ${misfortune}: ${JSON.stringify(report)}`);
    expect(report).toMatchObject({ accepted: 60, lost: [], twice: [], unacknowledged: 0 });
    expect((report?.sent ?? 0) + (report?.held ?? 0)).toBe(60);
    expect(report?.exitCodes.every((code) => code === 0)).toBe(true);
  });
});
