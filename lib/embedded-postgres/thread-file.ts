import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from '../errors/setup.errors.js';

const FILE = './pglite.worker.mjs';

/**
 * The file that the database's thread runs: it stands beside this one, where a package manager put both.
 *
 * @throws ConfigurationError if it does not. A bundle takes this code along and leaves the file behind.
 */
export function threadFile(): URL {
  // In two steps, and as text: a bundler would take the whole for an asset, and some know no address of a module.
  const here = String(import.meta.url);
  if (URL.canParse(FILE, here)) {
    const file = new URL(FILE, here);
    if (file.protocol === 'file:' && existsSync(fileURLToPath(file))) return file;
  }
  throw notBundled('runs files of its packages, which are not in a bundle');
}

/** Why the engine cannot start from a bundle, and what to do. */
export function notBundled(why: string): ConfigurationError {
  const message =
    `the queue's engine "embedded" ${why}: keep nestjs-button-messaging, @electric-sql/pglite and ` +
    'fs-native-extensions out of the bundle, as external packages, or use the engine redis or postgres';
  return new ConfigurationError([{ path: 'engine.kind', rule: 'notBundled', message }]);
}
