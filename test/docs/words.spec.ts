import { expect, it } from '@jest/globals';
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
  'is no',
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
