import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = 'ui';
const BUILT = 'lib/simulator/page';

/** Builds the simulator's page before the tests, where its sources are newer than what was last built. */
export default function buildPage() {
  const sources = readdirSync(SOURCES, { recursive: true }).map((name) => join(SOURCES, name));
  const newest = Math.max(...[...sources, 'package-lock.json'].map(changedAt));
  if (changedAt(join(BUILT, 'index.html')) > newest) return;
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', `${SOURCES}/simulator/vite.config.ts`];
  execFileSync(process.execPath, [...vite, '--logLevel', 'warn'], { stdio: 'inherit' });
}

function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
