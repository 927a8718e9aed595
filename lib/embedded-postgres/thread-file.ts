import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = './pglite.worker.mjs';

/** Returns the file that the database's thread runs, or undefined in a bundle, which does not contain it. */
export function threadFile(): URL | undefined {
  // In two steps, because a bundler would treat one expression as an asset, and some have no `import.meta.url`.
  const here = String(import.meta.url);
  if (!URL.canParse(FILE, here)) return undefined;
  const file = new URL(FILE, here);
  return file.protocol === 'file:' && existsSync(fileURLToPath(file)) ? file : undefined;
}
