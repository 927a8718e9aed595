import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { quoteIdentifier } from './sql-scanner.mjs';

/**
 * Opens the database in a directory, or creates it.
 *
 * @param {import('./thread-messages.interface.js').DatabaseThreadData} data
 */
export async function openDatabase({ directory, searchPath }) {
  const files = join(directory, 'data');
  if (!existsSync(files)) await createDatabase(files, join(directory, 'data.new'));
  return await PGlite.create({ dataDir: files, startParams: startParameters(searchPath) });
}

/**
 * Creates it in another directory and renames that, because a killed process would leave files that cannot be opened.
 *
 * @param {string} files
 * @param {string} unfinished
 */
async function createDatabase(files, unfinished) {
  rmSync(unfinished, { recursive: true, force: true });
  try {
    const database = await PGlite.create({ dataDir: unfinished });
    await database.close();
  } catch (error) {
    // It may have filled the disk.
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
  renameSync(unfinished, files);
}

/** @param {readonly string[]} searchPath */
function startParameters(searchPath) {
  return [...PGlite.defaultStartParams, '-c', `search_path=${searchPath.map(quoteIdentifier).join(', ')}`];
}
