import { runInThisContext } from 'node:vm';

/** Jest hands tests a copy of `process`, and Node warns on the real one. */
const realProcess = runInThisContext('process') as NodeJS.Process;

/** The warnings of too many listeners that Node gives while something runs. */
export async function listenerWarningsOf(run: () => Promise<unknown>): Promise<string[]> {
  const warnings: string[] = [];
  const keep = (warning: Error) => void warnings.push(`${warning.name}: ${warning.message}`);
  realProcess.on('warning', keep);
  try {
    await run();
    await new Promise((done) => setImmediate(done));
  } finally {
    realProcess.off('warning', keep);
  }
  return warnings.filter((warning) => warning.startsWith('MaxListeners'));
}
