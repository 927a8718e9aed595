import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ConfigurationError } from '../../../../lib/index.js';
import {
  EmbeddedDatabaseError,
  EmbeddedDirectoryInUseError,
} from '../../../../lib/queue/engines/embedded-database.errors.js';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';

jest.setTimeout(120_000);

let simulator: GatewaySimulator;
let parent: string;
beforeAll(async () => {
  simulator = await GatewaySimulator.start();
});
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'queue-directory-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));
afterAll(() => simulator.close());

const start = (directory: string) => QueueApp.start(simulator, { engine: { kind: 'embedded', directory } });
const refusalOf = (directory: string) => start(directory).catch((error: unknown) => error);
const onUnix = process.platform === 'win32' ? it.skip : it;

it.each(['', '  '])('rejects "%s" as the directory of the embedded engine', async (directory) => {
  const refused = await refusalOf(directory);
  expect(refused).toBeInstanceOf(ConfigurationError);
  expect(String(refused)).toContain("the queue's engine.directory must be the path of a directory");
});

onUnix('creates the embedded directory with mode 700 whatever the umask is', async () => {
  const directory = join(parent, 'not', 'yet');
  const before = process.umask(0);
  try {
    await (await start(directory)).close();
  } finally {
    process.umask(before);
  }
  expect((await stat(directory)).mode & 0o777).toBe(0o700);
});

onUnix.each([0o750, 0o755, 0o777, 0o711, 0o720])('rejects an embedded directory open to others: %i', async (mode) => {
  await chmod(parent, mode);
  const refused = await refusalOf(parent);
  expect(refused).toBeInstanceOf(ConfigurationError);
  expect(String(refused)).toContain(`(mode ${mode.toString(8)}): chmod 700 ${parent}`);
  expect(await readdir(parent)).toEqual([]);
});

it('rejects an embedded directory that is a file or below one', async () => {
  const file = join(parent, 'file');
  await writeFile(file, '');
  for (const directory of [file, join(file, 'deeper')]) {
    const refused = await refusalOf(directory);
    expect(refused).toBeInstanceOf(ConfigurationError);
    expect(String(refused)).toContain(directory);
  }
});

it('rejects an embedded directory that is already open', async () => {
  const directory = join(parent, 'queue');
  const first = await start(directory);
  const refused = await refusalOf(directory);
  await first.close();
  expect(refused).toBeInstanceOf(EmbeddedDirectoryInUseError);
  expect(refused).toMatchObject({ name: 'EmbeddedDirectoryInUseError', code: 'embedded-directory-in-use', directory });
  expect(String(refused)).toContain('already open');
});

describe('Embedded engine with damaged files', () => {
  const damage: Record<string, (data: string) => Promise<unknown>> = {
    'without its log': async (data) => {
      await rm(join(data, 'pg_wal'), { recursive: true });
      await mkdir(join(data, 'pg_wal'));
    },
    'without its tables': (data) => rm(join(data, 'base'), { recursive: true }),
    'with a control file that is cut off': (data) => truncate(join(data, 'global', 'pg_control'), 10),
  };
  it.each(Object.keys(damage))('reports the damage and what to do: %s', async (name) => {
    const directory = join(parent, 'queue');
    await (await start(directory)).close();
    await damage[name]?.(join(directory, 'data'));
    const refused = await refusalOf(directory);
    expect(refused).toBeInstanceOf(EmbeddedDatabaseError);
    expect(String(refused)).toMatch(/its files are damaged.*move the directory away/);
    expect(String(refused)).toContain(directory);
  });
});

/** Mounts a small disk for one test. Requires root. Returns how to unmount it. */
function smallDisk(path: string, megabytes: number): (() => void) | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', path], { stdio: 'ignore' });
    return () => execFileSync('umount', ['-l', path]);
  } catch (error) {
    if (process.env.CI) throw error;
    process.stderr.write('No small disk can be mounted here. Its test is SKIPPED.\n');
    return undefined;
  }
}

onUnix('reports a full disk when the embedded engine starts, and starts with more room', async () => {
  const unmount = smallDisk(parent, 30);
  if (!unmount) return;
  const directory = join(parent, 'queue');
  try {
    const refused = await refusalOf(directory);
    expect(refused).toBeInstanceOf(EmbeddedDatabaseError);
    expect(String(refused)).toContain('the disk is full');
    execFileSync('mount', ['-o', 'remount,size=400m', parent]);
    const app = await start(directory);
    await app.is((await app.queue.enqueue(message('with room'))).id, 'sent');
    await app.close();
  } finally {
    unmount();
  }
});
