import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

const EXAMPLES = 'test/integration/testing/examples';

/** Returns the TypeScript blocks of a page. */
async function blocksOf(page: string): Promise<string[]> {
  const text = await readFile(page, 'utf8');
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code.trim());
}

describe('docs/testing.md', () => {
  it('shows exactly the examples that run in test/integration/testing/examples', async () => {
    const names = await readdir(EXAMPLES);
    const examples = await Promise.all(names.map((name) => readFile(`${EXAMPLES}/${name}`, 'utf8')));
    const shown = await blocksOf('docs/testing.md');
    expect([...shown].sort()).toEqual(examples.map((code) => code.trim()).sort());
  });
});
