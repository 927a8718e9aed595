import { statfsSync } from 'node:fs';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';

/** Somebody else has the directory of an embedded database open: another process, or this one a second time. */
export class EmbeddedDirectoryInUseError extends ButtonMessagingError {
  readonly code = 'embedded-directory-in-use';

  constructor(readonly directory: string) {
    super(
      `The embedded database in ${directory} is already open, in another process or a second time in this one. ` +
        'Close it there, give each process a directory of its own, or use the engine redis or postgres, which many ' +
        'processes can share.',
    );
  }
}

/** The embedded database could not be opened, or ended by itself. */
export class EmbeddedDatabaseError extends ButtonMessagingError {
  readonly code = 'embedded-database';

  constructor(
    readonly directory: string,
    reason: string,
  ) {
    super(`The embedded database in ${directory} is not to be used: ${reason}`);
  }
}

/** WASI's numbers, which PGlite's file system gives in place of words. */
const NO_SPACE = 51;
const NO_RIGHTS = [2, 63, 69];
/** PGlite's own words for files that it cannot make sense of. */
const DAMAGED = /^Aborted\(|failed to initialize|unreachable|memory access out of bounds/i;
/** Less than a segment of PostgreSQL's log. */
const LEAST_BYTES_FREE = 16 * 1_024 * 1_024;

/** What PGlite's failure means, and what to do. */
export function embeddedReason(failure: unknown, directory: string): string {
  const { message, errno } = read(failure);
  if (errno === NO_SPACE || /No space left on device/.test(message ?? '')) return DISK_FULL;
  if (errno !== undefined && NO_RIGHTS.includes(errno)) {
    return 'this process may not read or write its files: give them to its user.';
  }
  if (errno !== undefined) return `a file operation failed (errno ${errno}).`;
  if (message === undefined || message === '') return 'it failed without a reason.';
  if (!DAMAGED.test(message)) return message;
  if (bytesFree(directory) < LEAST_BYTES_FREE) return DISK_FULL;
  return (
    `its files are damaged, or were written by another version of PostgreSQL (${message}). Put back a copy that was made ` +
    'while the application was stopped; or move the directory away, and begin with an empty queue.'
  );
}

const DISK_FULL = 'the disk is full. Make room, and start again: what was accepted is kept.';

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
