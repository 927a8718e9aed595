import type { Issue } from '../errors/issue.js';

/** The first minor version that will do, of the major versions that began without it. */
const FIRST_MINOR: ReadonlyMap<number, number> = new Map([
  [20, 19],
  [22, 12],
]);

/** Why this runtime cannot run the module; nothing if it can. */
export function runtimeIssues({ bun, node }: NodeJS.ProcessVersions): Issue[] {
  if (bun !== undefined) {
    const message =
      `Bun ${bun} has a stand-in of its own for the package undici, by which no request gets out: ` +
      'run the application with Node.js';
    return [{ path: '', rule: 'runtime', message }];
  }
  if (isNewEnough(node)) return [];
  const message = `Node.js ${node} is too old: use 20.19, 22.12 or 24, or a newer version of these`;
  return [{ path: '', rule: 'runtime', message }];
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || major === 21) return false;
  return minor >= (FIRST_MINOR.get(major) ?? 0);
}
