import { statfsSync } from 'node:fs';

/**
 * The reason of an `EmbeddedPostgresError`.
 *
 * - `directory-in-use`: another process, or this one, already has the database open.
 * - `directory-unusable`: the directory cannot be created, read or kept private. `rule` says which.
 * - `database-failed`: the database could not be opened, or its thread ended.
 */
export type EmbeddedPostgresErrorCode = 'directory-in-use' | 'directory-unusable' | 'database-failed';

/** Thrown by `EmbeddedPostgres` and by its pool's queries if the database itself fails. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    readonly directory: string,
    /** One sentence, without the directory. */
    readonly reason: string,
    /** The rule that the directory breaks: `exists`, `isDirectory` or `private`. */
    readonly rule?: string,
  ) {
    super(`Embedded PostgreSQL in ${directory}: ${reason}`);
  }
}

/** WASI's error numbers, which PGlite's file system reports. */
const NO_SPACE = 51;
const NO_PERMISSION = [2, 63, 69];
/** PGlite's messages for files that it cannot read. */
const DAMAGED = /^Aborted\(|failed to initialize|unreachable|memory access out of bounds/i;
/** The size of a WAL segment. */
const MIN_BYTES_FREE = 16 * 1_024 * 1_024;

/** Returns what a failure of PGlite means, and what to do. */
export function embeddedReason(failure: unknown, directory: string): string {
  const { message, errno } = read(failure);
  if (errno === NO_SPACE || /No space left on device/.test(message ?? '')) return DISK_FULL;
  if (errno !== undefined && NO_PERMISSION.includes(errno)) {
    return 'this process may not read or write its files. Change their owner to its user';
  }
  if (errno !== undefined) return `a file operation failed (errno ${errno})`;
  if (message === undefined || message === '') return 'it failed without a reason';
  if (!DAMAGED.test(message)) return message;
  if (bytesFree(directory) < MIN_BYTES_FREE) return DISK_FULL;
  return (
    `its files are damaged, or were written by another version of PostgreSQL (${message}). Restore a copy that was made ` +
    'while the application was stopped, or move the directory away and start with an empty database'
  );
}

const DISK_FULL = 'the disk is full. Free some space and restart. Accepted data is kept';

function read(failure: unknown): { message?: string; errno?: number } {
  if (typeof failure !== 'object' || failure === null) return {};
  return {
    ...('message' in failure && typeof failure.message === 'string' && { message: failure.message }),
    ...('errno' in failure && typeof failure.errno === 'number' && { errno: failure.errno }),
  };
}

function bytesFree(directory: string): number {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
