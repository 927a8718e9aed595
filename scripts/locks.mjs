// Whether every package in the lock files is held to a checksum, and comes from the public registry or from none named:
//
//   node scripts/locks.mjs [file…]    says which entries are not, and why; exits with 1 then
//   node scripts/locks.mjs --mend     asks the registry, by npm, for the checksums that are missing, and writes them
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const REGISTRY = 'registry.npmjs.org';
const run = promisify(execFile);

/**
 * What is wrong with the entries of a lock file.
 *
 * @param {{ packages?: Record<string, LockEntry> }} lock
 * @returns {{ at: string; why: string; isMendable: boolean }[]}
 *
 * @typedef {{ version?: string; name?: string; resolved?: string; integrity?: string; link?: boolean; inBundle?: boolean;
 *   optional?: boolean }} LockEntry
 */
function lockFaults(lock) {
  if (lock.packages === undefined) return [{ at: '', why: 'it is of a version without `packages`', isMendable: false }];
  return Object.entries(lock.packages)
    .filter(([path]) => path.includes('node_modules/'))
    .flatMap(([path, entry]) => {
      const at = `${path}@${entry.version}`;
      return [...originFaults(entry), ...integrityFaults(entry)].map((fault) => ({ at, ...fault }));
    });
}

/** @param {LockEntry} entry */
function originFaults({ resolved, link }) {
  if (resolved === undefined || link) return [];
  const host = URL.canParse(resolved) ? new URL(resolved).host : resolved;
  return host === REGISTRY ? [] : [{ why: `it is resolved to ${host}, not to ${REGISTRY}`, isMendable: false }];
}

/** @param {LockEntry} entry */
function integrityFaults({ integrity, link, inBundle, optional, resolved }) {
  // A link is a folder of this repository; what is bundled is part of its bearer's checksum.
  if (link || inBundle) return [];
  if (integrity !== undefined) {
    const isStrong = /(^|\s)sha512-/.test(integrity);
    return isStrong ? [] : [{ why: 'its checksum is weaker than SHA-512', isMendable: true }];
  }
  if (resolved?.startsWith('git')) return [{ why: 'it comes from git, which has no checksum', isMendable: false }];
  const why = optional
    ? 'it has no checksum: it is optional, and npm writes none for what it did not install on this platform'
    : 'it has no checksum';
  return [{ why, isMendable: true }];
}

/** @param {string} file */
async function mend(file) {
  const lock = JSON.parse(await readFile(file, 'utf8'));
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (!path.includes('node_modules/') || !integrityFaults(entry).some(({ isMendable }) => isMendable)) continue;
    const name = entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const { stdout } = await run('npm', ['view', `${name}@${entry.version}`, 'dist.integrity']);
    lock.packages[path] = withIntegrity(entry, stdout.trim());
    console.log(`${file}: ${path}@${entry.version} is held to ${stdout.trim()}`);
  }
  await writeFile(file, `${JSON.stringify(lock, null, 2)}\n`);
}

/**
 * Where npm writes it: after the version.
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

/** Those of the whole repository. */
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
    for (const { at, why } of lockFaults(JSON.parse(await readFile(file, 'utf8')))) {
      found += 1;
      console.error(`${file}: ${at}: ${why}`);
    }
  }
  if (found === 0) console.log(`${files.length} lock files: every package is held to its checksum.`);
  else console.error(`\n${found} entries. node scripts/locks.mjs --mend asks the registry for what is missing.`);
  process.exitCode = found === 0 ? 0 : 1;
}

await main();
