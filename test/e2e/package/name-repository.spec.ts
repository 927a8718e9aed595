import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const MANIFEST = { name: 'a', version: '1.0.0' };

describe('scripts/name-repository.mjs', () => {
  let directory: string;
  let file: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'manifest-'));
    file = join(directory, 'package.json');
    writeFileSync(file, JSON.stringify(MANIFEST));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  function name(environment: Record<string, string>): { status: number | null; stderr: string } {
    const { GITHUB_SERVER_URL: _, GITHUB_REPOSITORY: __, ...others } = process.env;
    const env = { ...others, ...environment };
    return spawnSync(process.execPath, ['scripts/name-repository.mjs', file], { encoding: 'utf8', env });
  }

  const manifest = (): unknown => JSON.parse(readFileSync(file, 'utf8'));

  it('writes the repository of the publishing workflow into package.json', () => {
    const { status } = name({ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'someone/messaging.js' });
    expect(status).toBe(0);
    expect(manifest()).toEqual({
      ...MANIFEST,
      repository: { type: 'git', url: 'git+https://github.com/someone/messaging.js.git' },
      homepage: 'https://github.com/someone/messaging.js#readme',
      bugs: { url: 'https://github.com/someone/messaging.js/issues' },
    });
  });

  it.each([
    [{}, 'must be set'],
    [{ GITHUB_SERVER_URL: 'https://github.com' }, 'must be set'],
    [{ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: '' }, 'must be set'],
    [{ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'name' }, 'owner/name'],
    [{ GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: '//elsewhere.example/a' }, 'owner/name'],
    [{ GITHUB_SERVER_URL: 'ftp://github.com', GITHUB_REPOSITORY: 'someone/messaging' }, 'https'],
  ])('rejects the environment %j', (environment, why) => {
    const { status, stderr } = name(environment);
    expect(status).toBe(1);
    expect(stderr).toContain(why);
    expect(manifest()).toEqual(MANIFEST);
  });

  it('keeps the repository out of the committed package.json', () => {
    const own: unknown = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(own).not.toHaveProperty('repository');
    expect(own).toMatchObject({ publishConfig: { provenance: true } });
  });
});
