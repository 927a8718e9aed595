// Checks that every package in the lock files has a checksum, and comes from the public registry:
//
//   node scripts/locks.mjs [file…]    lists the entries that fail, and exits with 1
//   node scripts/locks.mjs --mend     adds the missing checksums, which npm gets from the registry
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const REGISTRY = 'registry.npmjs.org';
const run = promisify(execFile);

/**
 * Returns the issues of a lock file's entries.
 *
 * @param {{ packages?: Record<string, LockEntry> }} lock
 * @returns {{ at: string; why: string; isMendable: boolean }[]}
 *
 * @typedef {{ version?: string; name?: string; resolved?: string; integrity?: string; link?: boolean; inBundle?: boolean;
 *   optional?: boolean }} LockEntry
 */
function lockIssues(lock) {
  if (lock.packages === undefined) return [{ at: '', why: 'its lockfileVersion has no `packages`', isMendable: false }];
  return Object.entries(lock.packages)
    .filter(([path]) => path.includes('node_modules/'))
    .flatMap(([path, entry]) => {
      const at = `${path}@${entry.version}`;
      return [...originIssues(entry), ...integrityIssues(entry)].map((issue) => ({ at, ...issue }));
    });
}

/** @param {LockEntry} entry */
function originIssues({ resolved, link }) {
  if (resolved === undefined || link) return [];
  const host = URL.canParse(resolved) ? new URL(resolved).host : resolved;
  return host === REGISTRY ? [] : [{ why: `it is resolved to ${host}, not to ${REGISTRY}`, isMendable: false }];
}

/** @param {LockEntry} entry */
function integrityIssues({ integrity, link, inBundle, optional, resolved }) {
  // A link is a folder of this repository. A bundled package is part of its parent's checksum.
  if (link || inBundle) return [];
  if (integrity !== undefined) {
    const isStrong = /(^|\s)sha512-/.test(integrity);
    return isStrong ? [] : [{ why: 'its checksum is weaker than SHA-512', isMendable: true }];
  }
  if (resolved?.startsWith('git')) return [{ why: 'it comes from git, which has no checksum', isMendable: false }];
  const why = optional
    ? 'it has no checksum: it is optional, and npm writes none for packages of other platforms'
    : 'it has no checksum';
  return [{ why, isMendable: true }];
}

/** @param {string} file */
async function mend(file) {
  const lock = JSON.parse(await readFile(file, 'utf8'));
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/') || !integrityIssues(entry).some(({ isMendable }) => isMendable)) continue;
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const { stdout } = await run('npm', ['view', `${name}@${entry.version}`, 'dist.integrity']);
    lock.packages[path] = withIntegrity(entry, stdout.trim());
    console.log(`${file}: ${path}@${entry.version} has the checksum ${stdout.trim()}`);
  }
  await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
}

/**
 * Adds the checksum where npm writes it, after the version.
 *
 * @param {LockEntry} entry
 * @param {string} integrity
 */
function withIntegrity({ version, name, resolved, ...rest }, integrity) {
  return {
    ...(name !== undefined && { name }),
    version,
    ...(resolved !== undefined && { resolved }),
    integrity,
    ...rest,
  };
}

/** Returns the lock files of the repository. */
async function committedLocks() {
  const { stdout } = await run('git', ['ls-files', 'package-lock.json', '**/package-lock.json']);
  return stdout.split('\n').filter(Boolean);
}

async function main() {
  const isMending = process.argv.includes('--mend');
  const named = process.argv.slice(2).filter((word) => word !== '--mend');
  const files = named.length > 0 ? named : await committedLocks();
  if (isMending) for (const file of files) await mend(file);
  let found = 0;
  for (const file of files) {
    for (const { at, why } of lockIssues(JSON.parse(await readFile(file, 'utf8')))) {
      found += 1;
      console.error(`${file}: ${at}: ${why}`);
    }
  }
  if (found === 0) console.log(`${files.length} lock files: every package has a checksum.`);
  else console.error(`\n${found} entries. node scripts/locks.mjs --mend adds missing checksums.`);
  process.exitCode = found === 0 ? 0 : 1;
}

await main();
