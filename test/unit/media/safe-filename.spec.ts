import { expect, it } from '@jest/globals';
import { safeFilename } from '../../../lib/media/safe-filename.js';

it.each([
  ['photo.jpg', 'photo.jpg'],
  ['Relatório final.pdf', 'Relatório final.pdf'],
  ['/etc/passwd', 'passwd'],
  ['..\\..\\boot.ini', 'boot.ini'],
  ['a/b\\c/d.txt', 'd.txt'],
  ['.htaccess', '.htaccess'],
  [' \u202egpj.exe\n', 'gpj.exe'],
  ['a\0b\ud800.txt', 'ab.txt'],
  [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(251)}.pdf`],
  ['folder/', undefined],
  ['..', undefined],
  ['.', undefined],
  ['\u200b', undefined],
  ['', undefined],
  [undefined, undefined],
])('safeFilename of %j is %j', (given, expected) => {
  expect(safeFilename(given)).toBe(expected);
});
