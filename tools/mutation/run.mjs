// Runs mutation testing: changes the code in many ways and lists the changes that no test in test/unit detects.
//   npm run mutation [-- --mutate lib/resilience/retry-policy.ts]
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('./', import.meta.url));

/** @returns The exit code. */
function run(command, args, options = {}) {
  return spawnSync(command, args, { stdio: 'inherit', ...options }).status ?? 1;
}

if (!existsSync(`${folder}node_modules/.package-lock.json`)) {
  console.log('Installing Stryker into tools/mutation …');
  const status = run('npm', ['ci', '--no-audit', '--no-fund', '--silent'], { cwd: folder });
  if (status !== 0) process.exit(status);
}
const stryker = `${folder}node_modules/@stryker-mutator/core/bin/stryker.js`;
process.exitCode = run(process.execPath, [stryker, 'run', `${folder}stryker.config.mjs`, ...process.argv.slice(2)]);
