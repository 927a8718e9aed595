import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { EmbeddedDirectoryInUseError } from './embedded.errors.js';

/**
 * A directory that nobody else opens meanwhile. The operating system keeps the lock, and frees it when the process ends,
 * however that comes about. PGlite itself lets a second process in, and what either wrote is lost.
 */
export class DirectoryLock {
  // A number: a FileHandle closes its file, and frees the lock, as soon as nobody refers to it any more.
  private constructor(private readonly file: number) {}

  /** Makes the directory where it is missing. */
  static take(directory: string): DirectoryLock {
    mkdirSync(directory, { recursive: true });
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
