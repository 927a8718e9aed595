import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = './pglite.worker.mjs';

/** The file that the database's thread runs, beside this one; undefined in a bundle, which leaves it behind. */
export function threadFile(): URL | undefined {
  // In two steps, and as text: a bundler would take the whole for an asset, and some know no address of a module.
  const here = String(import.meta.url);
  if (!URL.canParse(FILE, here)) return undefined;
  const file = new URL(FILE, here);
  return file.protocol === 'file:' && existsSync(fileURLToPath(file)) ? file : undefined;
}
