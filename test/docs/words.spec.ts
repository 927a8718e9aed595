import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import ts from 'typescript';
import { documents, proseOf } from './markdown.js';

/** Words of translated English, with the standard words that replace them in CONTRIBUTING.md. */
const REJECTED = [
  'nobody',
  'somebody',
  'whoever',
  'hand(?:s|ed|ing)? on',
  'let in',
  'put aside',
  'taken up',
  'at hand',
  'is no(?! longer)',
  'are none',
  'so many',
  'save for',
  'for ever',
  'heed(?:s|ed)?',
  'blotted',
  'telephones?',
  'stands in',
];

// A phrase may continue on the next line.
const PATTERN = new RegExp(`\\b(?:${REJECTED.join('|').replaceAll(' ', '\\s+')})\\b`, 'gi');

it('documentation contains none of the rejected words', async () => {
  const prose = (await Promise.all((await documents()).map(proseOf))).flat();
  expect(prose.length).toBeGreaterThan(500);
  const found = prose.flatMap(({ file, line, text }) =>
    [...text.matchAll(PATTERN)].map((match) => {
      const breaks = text.slice(0, match.index).split('\n').length - 1;
      return `${file}:${line + breaks} "${match[0]}"`;
    }),
  );
  expect(found).toEqual([]);
});

const SOURCES = ['lib', 'ui', 'sample', 'scripts', 'bench', 'tools'];
// "There is no" is plain English. "It is no" is not.
const PATTERN_OF_SOURCES = new RegExp(
  PATTERN.source.replace('is\\s+no', '(?<!there )is\\s+no').replace('are\\s+none', '(?<!there )are\\s+none'),
  'gi',
);

it('comments and texts of the sources contain none of the rejected words', () => {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))),
  ).filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/node_modules|dist|portuguese/.test(file));
  expect(files.length).toBeGreaterThan(500);
  const found = files.flatMap((file) =>
    textsOf(readFileSync(file, 'utf8')).flatMap((text) =>
      [...text.matchAll(PATTERN_OF_SOURCES)].map((match) => `${file} "${match[0]}"`),
    ),
  );
  expect(found).toEqual([]);
});

/** Returns the comments and the string literals of a source. */
function textsOf(source: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, ts.LanguageVariant.Standard, source);
  const texts: string[] = [];
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (isText(kind)) texts.push(scanner.getTokenText());
  }
  return texts;
}

function isText(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.SingleLineCommentTrivia ||
    kind === ts.SyntaxKind.MultiLineCommentTrivia ||
    kind === ts.SyntaxKind.StringLiteral ||
    kind === ts.SyntaxKind.NoSubstitutionTemplateLiteral ||
    kind === ts.SyntaxKind.TemplateHead
  );
}
