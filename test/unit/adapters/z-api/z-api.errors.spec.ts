import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zApiError, zApiFailure } from '../../../../lib/adapters/z-api/z-api.errors.js';
import { answer, expectRefusal, ZAPI } from '../../../support/error-cases/rejections.js';
import { said, Z_API_ERRORS, Z_API_FAILURES } from '../../../support/error-cases/z-api.cases.js';

describe.each(Z_API_FAILURES)('"%s"', (text, meaning, category, more) => {
  it.each([200, 400])(`in a %i means ${meaning}, ${category}`, async (status) => {
    const error = zApiError(await answer(status, { error: text }), ZAPI);
    expectRefusal(error, ['', status, '', meaning, { ...said(text), category }]);
  });

  it(`in a callback is about ${category}`, () => {
    const expected = { category, buttonsRefused: more === 'buttons', restsAccount: more === 'rests' };
    expect(zApiFailure({ text })).toEqual(expected);
    expect(zApiFailure({ text: text.toUpperCase() })).toEqual(expected);
  });
});

describe('What a callback tells of a failure', () => {
  it('is told by its code, too, whatever its words', () => {
    const expected = { category: 'account-restricted', buttonsRefused: false, restsAccount: true };
    expect(zApiFailure({ code: 'SHADOW_BAN' })).toEqual(expected);
    expect(zApiFailure({ code: 'SHADOW_BAN', text: 'You must accept buttons message terms' })).toEqual(expected);
  });

  it('may be nothing', () => {
    expect(zApiFailure({})).toEqual({ category: 'unknown', buttonsRefused: false, restsAccount: false });
  });
});

describe('What Z-API refuses', () => {
  it.each(Z_API_ERRORS.map((row) => ({ name: row[0], row })))('$name', async ({ row }) => {
    const error = zApiError(await answer(row[1], row[2]), ZAPI);
    expectRefusal(error, row);
    expect(error).toMatchObject({ provider: 'z-api', account: 'z' });
  });

  it('is said without the token', async () => {
    const error = zApiError(await answer(400, { error: 'No token-of-z here' }), ZAPI);
    expect([error.providerCode, error.providerMessage]).toEqual(['No [secret] here', 'No [secret] here']);
    expect(error.message).toBe('z-api refused the call: No [secret] here');
  });

  it('is never said to be unsent in a 5xx whose words are not known', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 500, max: 599 }), fc.json(), async (status, body) => {
        expect(zApiError(await answer(status, body), ZAPI).outcome).toBe('unknown');
      }),
      { numRuns: 200 },
    );
  });
});
