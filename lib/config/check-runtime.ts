import type { Issue } from '../errors/issue.js';

/** The first minor version that is supported, of major versions whose first one is not. */
const FIRST_MINOR: Readonly<Record<number, number>> = { 20: 19, 22: 12 };

/** Returns why this runtime is not supported, if it is not. */
export function runtimeIssues({ bun, node }: NodeJS.ProcessVersions): Issue[] {
  if (bun !== undefined) {
    const message =
      `Bun ${bun} is not supported: it replaces undici by its own implementation, which sends no requests. ` +
      'Run the application with Node.js';
    return [{ path: '', rule: 'runtime', message }];
  }
  if (isNewEnough(node)) return [];
  const message = `Node.js ${node} is not supported: use 20.19 or newer, 22.12 or newer, or 24`;
  return [{ path: '', rule: 'runtime', message }];
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || major === 21) return false;
  return minor >= (FIRST_MINOR[major] ?? 0);
}
