import { closeSync, mkdirSync, openSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { EmbeddedPostgresError } from './embedded-postgres.errors.js';

/**
 * Creates a directory if it does not exist, and locks it exclusively. The operating system also releases the lock when
 * the process ends for any reason. PGlite itself does not stop a second process, and the writes of one of the two would
 * be lost.
 *
 * @returns A function that releases the lock.
 * @throws EmbeddedPostgresError if it is locked already, cannot be created, or is open to other users
 */
export function lockDirectory(directory: string): () => void {
  makePrivate(directory);
  // A file descriptor, because garbage collection of a FileHandle would close the file and release the lock.
  const file = openSync(join(directory, 'lock'), 'a+');
  try {
    if (!tryLock(file)) throw new EmbeddedPostgresError('directory-in-use', directory, 'it is already open');
    return () => closeSync(file);
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

const OTHERS = 0o077;

/** The files hold messages and phone numbers, so only their owner may read them. */
function makePrivate(directory: string): void {
  const found = findOrCreate(directory);
  if (!found.isDirectory()) throw unusable(directory, 'isDirectory', `${directory} is not a directory`);
  // Windows has no such permissions.
  if (process.platform === 'win32' || (found.mode & OTHERS) === 0) return;
  const mode = (found.mode & 0o777).toString(8);
  throw unusable(
    directory,
    'private',
    `${directory} contains messages and is open to other users (mode ${mode}): chmod 700 ${directory}, or use a new ` +
      'directory inside it',
  );
}

function findOrCreate(directory: string): Stats {
  try {
    const found = statSync(directory, { throwIfNoEntry: false });
    if (found) return found;
    mkdirSync(dirname(directory), { recursive: true });
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return statSync(directory);
  } catch (error) {
    throw unusable(directory, 'exists', `${directory} cannot be created or read (${codeOf(error)})`);
  }
}

function unusable(directory: string, rule: string, reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError('directory-unusable', directory, reason, rule);
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
