import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

const require = createRequire(import.meta.url);

/** Describes the machine on which the figures were measured. */
export function describeMachine() {
  return {
    date: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    loadBefore: loadavg()[0],
    node: process.version,
    versions: Object.fromEntries(
      ['@nestjs/core', '@nestjs/axios', 'axios', 'undici', 'class-validator', 'libphonenumber-js'].map(withVersion),
    ),
    commit: commit(),
  };
}

function withVersion(name) {
  const paths = require.resolve.paths(name) ?? [];
  for (const path of paths) {
    try {
      return [name, JSON.parse(readFileSync(`${path}/${name}/package.json`, 'utf8')).version];
    } catch {
      // Not in this folder.
    }
  }
  return [name, 'unknown'];
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
}
