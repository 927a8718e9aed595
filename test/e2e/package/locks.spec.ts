import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

describe('scripts/locks.mjs', () => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'locks-'));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function check(...files: string[]): { status: number | null; said: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/locks.mjs', ...files], {
      encoding: 'utf8',
    });
    return { status, said: stdout + stderr };
  }

  function checkLock(lock: unknown): ReturnType<typeof check> {
    const file = join(directory, 'package-lock.json');
    writeFileSync(file, JSON.stringify(lock));
    return check(file);
  }

  function checkEntry(entry: Record<string, unknown>): ReturnType<typeof check> {
    return checkLock({ packages: { '': { name: 'app' }, 'node_modules/a': { version: '1.0.0', ...entry } } });
  }

  it('accepts the lock files of this repository', () => {
    expect(check()).toEqual({ status: 0, said: expect.stringContaining('every package has a checksum') });
  });

  it.each([
    { integrity: INTEGRITY },
    { integrity: INTEGRITY, resolved: 'https://registry.npmjs.org/a/-/a-1.0.0.tgz' },
    { link: true, resolved: 'packages/a' },
    { inBundle: true },
  ])('accepts the entry %j', (entry) => {
    expect(checkEntry(entry)).toMatchObject({ status: 0 });
  });

  it.each([
    [{}, 'it has no checksum'],
    [{ optional: true }, 'it is optional, and npm writes none'],
    [{ resolved: 'git+ssh://git@example.com/a.git#1f' }, 'it comes from git'],
    [{ integrity: 'sha1-x' }, 'weaker than SHA-512'],
    [{ integrity: INTEGRITY, resolved: 'https://mirror.example/a.tgz' }, 'resolved to mirror.example'],
    [{ integrity: INTEGRITY, resolved: 'http://registry.npmjs.org.example/a.tgz' }, 'registry.npmjs.org.example'],
  ])('rejects the entry %j, and says why', (entry, why) => {
    const { status, said } = checkEntry(entry);
    expect(status).toBe(1);
    expect(said).toContain('node_modules/a@1.0.0: ');
    expect(said).toContain(why);
  });

  it('rejects a lock file of an unknown version', () => {
    expect(checkLock({ dependencies: {} })).toMatchObject({ status: 1 });
  });
});
