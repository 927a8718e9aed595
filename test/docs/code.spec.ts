import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { isWhole } from './fragment.js';
import { allBlocks } from './markdown.js';
import { typeErrors } from './type-check.js';

/** Languages that no test compiles, parses or runs. */
const SHOWN_ONLY = ['', 'text', 'diff', 'nginx', 'yaml', 'sql'];

/** Matches a handler's decorator and the event type of its method. */
const HANDLER = /@On[A-Z]\w*\([^\n]*\)\n *(async )?\w+\([^)]*: (\w+)\)/g;

const blocks = await allBlocks();
const inLanguage = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));
const compiled = inLanguage('ts', 'js').filter(({ notes }) => !notes.has('not compiled'));

describe('Code blocks of the documentation', () => {
  // Readers use different compiler options, which matters for decorators.
  for (const exactOptionalPropertyTypes of [true, false]) {
    it(`compiles with exactOptionalPropertyTypes: ${exactOptionalPropertyTypes}`, () => {
      expect(compiled.length).toBeGreaterThan(30);
      const readers = {
        verbatimModuleSyntax: true,
        isolatedModules: true,
        emitDecoratorMetadata: true,
        exactOptionalPropertyTypes,
      };
      expect(typeErrors(compiled, readers)).toEqual([]);
    });
  }

  it('imports the event types of decorated handlers with `type`', () => {
    const hidden = compiled.filter(({ code }) => {
      const named = [...code.matchAll(HANDLER)].map(([, , type = '']) => type);
      return named.some((type) => !new RegExp(`import[^;]*\\btype\\b[^;]*\\b${type}\\b[^;]*from`).test(code));
    });
    expect(hidden.map(({ at }) => at)).toEqual([]);
  });

  it('marks each complete example as run, or says why it is not', () => {
    const whole = compiled.filter(isWhole);
    const silent = whole.filter(({ notes }) => !['run', 'run by', 'not run'].some((note) => notes.has(note)));
    expect(silent.map(({ at }) => at)).toEqual([]);
    const others = blocks.flatMap(({ notes }) => notes.get('run by') ?? []);
    expect(others.filter((test) => !existsSync(test))).toEqual([]);
  });

  it('parses each JSON block', () => {
    for (const { at, code } of inLanguage('json')) {
      expect({ at, isJson: isJson(code) }).toEqual({ at, isJson: true });
    }
  });

  it('uses known languages only', () => {
    const others = blocks.filter(({ language }) => !['ts', 'js', 'json', 'sh', ...SHOWN_ONLY].includes(language));
    expect(others.map(({ at }) => at)).toEqual([]);
  });

  it('names npm scripts that exist', async () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(await readFile('package.json', 'utf8'));
    const named = inLanguage('sh').flatMap(({ at, code }) =>
      [...code.matchAll(/\bnpm (?:run(?: --silent)? )?([\w:-]+)/g)].map(([, name = '']) => ({ at, name })),
    );
    const ofNpm = ['ci', 'install', 'test', 'start'];
    expect(named.filter(({ name }) => !(name in scripts) && !ofNpm.includes(name))).toEqual([]);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

// Report the blocks that no test compiles or runs.
const untried = blocks.flatMap(({ at, notes }) =>
  ['not compiled', 'not run'].flatMap((note) => (notes.has(note) ? [`${at} ${note}: ${notes.get(note)}`] : [])),
);
if (untried.length > 0) console.info(`Code of the documents that is not tried:\n  ${untried.join('\n  ')}`);
