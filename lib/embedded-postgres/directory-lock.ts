import { closeSync, mkdirSync, openSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { ConfigurationError } from '../errors/setup.errors.js';
import { EmbeddedDirectoryInUseError } from './embedded-postgres.errors.js';

/**
 * A directory that nobody else opens meanwhile. The operating system keeps the lock, and frees it when the process ends,
 * however that comes about. PGlite itself lets a second process in, and what either wrote is lost.
 */
export class DirectoryLock {
  // A number: a FileHandle closes its file, and frees the lock, as soon as nobody refers to it any more.
  private constructor(private readonly file: number) {}

  /** Makes the directory where it is missing. @throws ConfigurationError where it cannot be, or is not the owner's alone. */
  static take(directory: string): DirectoryLock {
    makePrivate(directory);
    const file = openSync(join(directory, 'lock'), 'a+');
    try {
      if (!tryLock(file)) throw new EmbeddedDirectoryInUseError(directory);
      return new DirectoryLock(file);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  free(): void {
    closeSync(this.file);
  }
}

const OTHERS = 0o077;

/** Messages and telephone numbers are in it: nobody but its owner may look. */
function makePrivate(directory: string): void {
  const found = madeOrFound(directory);
  if (!found.isDirectory()) throw refusal('isDirectory', `${directory} is no directory`);
  // Windows has no such rights.
  if (process.platform === 'win32' || (found.mode & OTHERS) === 0) return;
  const mode = (found.mode & 0o777).toString(8);
  throw refusal(
    'private',
    `${directory} holds messages and is open to other users (mode ${mode}): chmod 700 ${directory}, or name a directory ` +
      'inside it that does not exist yet',
  );
}

function madeOrFound(directory: string): Stats {
  try {
    const found = statSync(directory, { throwIfNoEntry: false });
    if (found) return found;
    mkdirSync(dirname(directory), { recursive: true });
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return statSync(directory);
  } catch (error) {
    throw refusal('exists', `${directory} cannot be made or looked at (${codeOf(error)})`);
  }
}

function refusal(rule: string, reason: string): ConfigurationError {
  return new ConfigurationError([
    { path: 'engine.directory', rule, message: `the embedded queue's directory ${reason}` },
  ]);
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
