import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { tryLock } from 'fs-native-extensions';
import { EmbeddedDirectoryInUseError } from './embedded.errors.js';

/**
 * A directory that nobody else opens meanwhile. The operating system keeps the lock, and frees it when the process ends,
 * however that comes about. PGlite itself lets a second process in, and what either wrote is lost.
 */
export class DirectoryLock {
  private constructor(private readonly file: FileHandle) {}

  /** Makes the directory where it is missing. */
  static async take(directory: string): Promise<DirectoryLock> {
    await mkdir(directory, { recursive: true });
    const file = await open(join(directory, 'lock'), 'a+');
    if (isLocked(file)) return new DirectoryLock(file);
    await file.close();
    throw new EmbeddedDirectoryInUseError(directory);
  }

  async free(): Promise<void> {
    await this.file.close();
  }
}

function isLocked(file: FileHandle): boolean {
  return tryLock(file.fd);
}
