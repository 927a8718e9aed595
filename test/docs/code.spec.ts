import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { isWhole } from './fragment.js';
import { allBlocks } from './markdown.js';
import { typeErrors } from './type-check.js';

/** Languages that are shown and not tried. */
const SHOWN_ONLY = ['', 'text', 'nginx', 'yaml', 'sql'];

/** A handler's decorator, and the type of the event that its method takes. */
const HANDLER = /@On[A-Z]\w*\([^\n]*\)\n *(async )?\w+\([^)]*: (\w+)\)/g;

const blocks = await allBlocks();
const inLanguage = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language));
const compiled = inLanguage('ts', 'js').filter(({ notes }) => !notes.has('not compiled'));

describe('the code of the documents', () => {
  // Readers' compilers differ, and decorators are where it shows.
  for (const exactOptionalPropertyTypes of [true, false]) {
    it(`compiles under verbatimModuleSyntax, exactOptionalPropertyTypes: ${exactOptionalPropertyTypes}`, () => {
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

  it('shows its type imports where a decorator makes them matter', () => {
    const hidden = compiled.filter(({ code }) => {
      const named = [...code.matchAll(HANDLER)].map(([, , type = '']) => type);
      return named.some((type) => !new RegExp(`import[^;]*\\btype\\b[^;]*\\b${type}\\b[^;]*from`).test(code));
    });
    expect(hidden.map(({ at }) => at)).toEqual([]);
  });

  it('is run where it is whole, or says why not', () => {
    const whole = compiled.filter(isWhole);
    const silent = whole.filter(({ notes }) => !['run', 'run by', 'not run'].some((note) => notes.has(note)));
    expect(silent.map(({ at }) => at)).toEqual([]);
    const others = blocks.flatMap(({ notes }) => notes.get('run by') ?? []);
    expect(others.filter((test) => !existsSync(test))).toEqual([]);
  });

  it('is JSON where it says so', () => {
    for (const { at, code } of inLanguage('json')) {
      expect({ at, isJson: isJson(code) }).toEqual({ at, isJson: true });
    }
  });

  it('is in a language that is tried, or known not to be', () => {
    const others = blocks.filter(({ language }) => !['ts', 'js', 'json', 'sh', ...SHOWN_ONLY].includes(language));
    expect(others.map(({ at }) => at)).toEqual([]);
  });

  it('names commands that exist', async () => {
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

// What cannot be tried is not passed over in silence.
const untried = blocks.flatMap(({ at, notes }) =>
  ['not compiled', 'not run'].flatMap((note) => (notes.has(note) ? [`${at} ${note}: ${notes.get(note)}`] : [])),
);
if (untried.length > 0) console.info(`Code of the documents that is not tried:\n  ${untried.join('\n  ')}`);
