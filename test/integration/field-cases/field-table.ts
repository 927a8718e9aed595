import { describe, expect, it } from '@jest/globals';
import type { FieldCase } from './field-case.js';
import { play } from './play-field-case.js';

/** Defines a concurrent test for each case. Each case has its own application. */
export function testFieldCases(name: string, cases: readonly FieldCase[]): void {
  describe(name, () => {
    it('uses each case id once', () => {
      const ids = cases.map(({ id }) => id);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    });

    it.concurrent.each(cases.map((given): [string, FieldCase] => [`${given.id}: ${given.what}`, given]))(
      '%s',
      async (_, given) => {
        expect(await play(given)).toEqual([]);
      },
      60_000,
    );
  });
}
