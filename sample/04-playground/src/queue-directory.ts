import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Returns `QUEUE_DIRECTORY`, or a new directory that is removed when the process exits. */
export function queueDirectory(): string {
  if (process.env.QUEUE_DIRECTORY) return process.env.QUEUE_DIRECTORY;
  const directory = mkdtempSync(join(tmpdir(), 'playground-'));
  process.once('exit', () => {
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}
