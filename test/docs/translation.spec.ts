import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { blocksOf, outlineOf } from './markdown.js';

const ORIGINAL = 'README.md';
const TRANSLATION = 'README.pt-BR.md';

/** Removes the comments, which a translation may change. */
function withoutComments(language: string, code: string): string {
  if (language === 'sh') return code.replace(/\s+# .*$/gm, '');
  const options = { removeComments: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const printer = ts.createPrinter(options);
  return printer.printFile(ts.createSourceFile('block.ts', code, ts.ScriptTarget.ES2022));
}

async function codeOf(file: string): Promise<string[]> {
  return (await blocksOf(file)).map(({ language, code }) => withoutComments(language, code));
}

describe('README.pt-BR.md', () => {
  it('has the headings, tables and blocks of README.md in the same order', async () => {
    expect(await outlineOf(TRANSLATION)).toEqual(await outlineOf(ORIGINAL));
  });

  it('has the code of README.md', async () => {
    expect(await codeOf(TRANSLATION)).toEqual(await codeOf(ORIGINAL));
  });

  it('is linked from README.md, and links back', async () => {
    expect(await readFile(ORIGINAL, 'utf8')).toContain(`(${TRANSLATION})`);
    expect(await readFile(TRANSLATION, 'utf8')).toContain(`(${ORIGINAL})`);
  });
});
