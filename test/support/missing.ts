import { it } from '@jest/globals';

/**
 * Says that something was not tested because a server or program is missing: a skipped test, or a failing one with
 * `CI=true`. Jest reports nothing about a file in which every test is skipped, so it is also printed.
 */
export function reportMissing(title: string, cause?: unknown): void {
  process.stderr.write(`${title}\n`);
  if (process.env.CI !== 'true') {
    it.skip(title, () => undefined);
    return;
  }
  it(title, () => {
    throw new Error(title, { cause });
  });
}
