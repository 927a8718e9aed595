import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isWhole, sourceOf } from './fragment.js';
import { allBlocks, type CodeBlock } from './markdown.js';
import { pathOf } from './type-check.js';

const EXAMPLES = resolve('test/docs/.examples');
/** Nest declares the options of `create` as a class, but takes plain objects. */
const NEST_OPTIONS = '`NestApplicationContextOptions`';
const LONGEST_MS = 180_000;

interface LintedFile {
  filePath: string;
  messages: { line: number; ruleId: string | null; message: string }[];
}

const linted = (await allBlocks()).filter(({ language, notes }) => language === 'ts' && !notes.has('not compiled'));

const TSCONFIG = {
  extends: '../../../tsconfig.json',
  compilerOptions: {
    paths: {
      'nestjs-button-messaging': ['../../../lib/index.ts'],
      'nestjs-button-messaging/*': ['../../../lib/*/index.ts'],
    },
  },
  // A glob pattern would skip a folder whose name begins with a dot.
  files: linted.map((block) => relative(EXAMPLES, pathOf(block, EXAMPLES))),
  include: ['../../../sample', '../../../lib/**/*.d.ts'],
};

describe('Code blocks of the documentation and samples', () => {
  beforeAll(async () => {
    for (const block of linted) {
      const path = pathOf(block, EXAMPLES);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, sourceOf(block).code);
    }
    await writeFile(join(EXAMPLES, 'tsconfig.json'), JSON.stringify(TSCONFIG));
  });
  afterAll(() => rm(EXAMPLES, { recursive: true, force: true }));

  it(
    'passes the strict ESLint rules',
    async () => {
      expect(linted.length).toBeGreaterThan(30);
      expect(await faults('test/docs/.examples/**/*.ts', 'sample/*/{src,test}/**/*.ts')).toEqual([]);
    },
    LONGEST_MS,
  );
});

async function faults(...patterns: string[]): Promise<string[]> {
  const eslint = resolve('node_modules/eslint/bin/eslint.js');
  const flags = ['--config', 'test/docs/eslint.config.mjs', '--format', 'json', '--no-warn-ignored'];
  const files: LintedFile[] = JSON.parse(await outputOf([eslint, ...flags, ...patterns]));
  return files.flatMap(({ filePath, messages }) => {
    const block = linted.find((each) => pathOf(each, EXAMPLES) === filePath);
    const own = block ? messages.filter((found) => isOfBlock(found, block)) : messages;
    return own
      .filter(({ message }) => !message.includes(NEST_OPTIONS))
      .map(({ line, ruleId, message }) => `${placeOf(filePath, line, block)} ${ruleId}: ${message}`);
  });
}

/** Excludes the code around a fragment, and unused variables in a fragment. */
function isOfBlock({ line, ruleId }: { line: number; ruleId: string | null }, block: CodeBlock): boolean {
  if (line < sourceOf(block).firstLine) return false;
  return isWhole(block) || !ruleId?.startsWith('@typescript-eslint/no-unused');
}

/** Returns the output of ESLint, which exits with 1 if it finds issues. */
async function outputOf(args: string[]): Promise<string> {
  const ended = promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1_024 * 1_024 });
  const { stdout, stderr } = await ended.catch((error: { stdout: string; stderr: string }) => error);
  if (stdout === '') throw new Error(`ESLint did not run: ${stderr}`);
  return stdout;
}

function placeOf(filePath: string, line: number, block: CodeBlock | undefined): string {
  if (!block) return `${relative('.', filePath)}:${line}`;
  return `${block.file}:${block.line + line - sourceOf(block).firstLine}`;
}
