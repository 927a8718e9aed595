import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { zApiError, zApiFailure } from '../../../../lib/adapters/z-api/z-api.errors.js';
import { answer, expectRefusal, ZAPI } from '../../../support/error-cases/rejections.js';
import { said, Z_API_ERRORS, Z_API_FAILURES } from '../../../support/error-cases/z-api.cases.js';

describe.each(Z_API_FAILURES)('Z-API error "%s"', (text, meaning, category, more) => {
  it.each([200, 400])(`maps in a %i to ${meaning}, category ${category}`, async (status) => {
    const error = zApiError(await answer(status, { error: text }), ZAPI);
    expectRefusal(error, ['', status, '', meaning, { ...said(text), category }]);
  });

  it(`maps in a callback to category ${category}`, () => {
    const expected = { category, buttonsRefused: more === 'buttons', opensCircuit: more === 'rests' };
    expect(zApiFailure({ text })).toEqual(expected);
    expect(zApiFailure({ text: text.toUpperCase() })).toEqual(expected);
  });
});

describe('zApiFailure', () => {
  it('maps a known code before the text', () => {
    const expected = { category: 'account-restricted', buttonsRefused: false, opensCircuit: true };
    expect(zApiFailure({ code: 'SHADOW_BAN' })).toEqual(expected);
    expect(zApiFailure({ code: 'SHADOW_BAN', text: 'You must accept buttons message terms' })).toEqual(expected);
  });

  it('returns category unknown for an empty failure', () => {
    expect(zApiFailure({})).toEqual({ category: 'unknown', buttonsRefused: false, opensCircuit: false });
  });
});

describe('zApiError', () => {
  it.each(Z_API_ERRORS.map((row) => ({ name: row[0], row })))('maps $name to $row.3', async ({ row }) => {
    const error = zApiError(await answer(row[1], row[2]), ZAPI);
    expectRefusal(error, row);
    expect(error).toMatchObject({ provider: 'z-api', account: 'z' });
  });

  it('redacts the token from code and message', async () => {
    const error = zApiError(await answer(400, { error: 'No token-of-z here' }), ZAPI);
    expect([error.providerCode, error.providerMessage]).toEqual(['No [secret] here', 'No [secret] here']);
    expect(error.message).toBe('z-api rejected the request: No [secret] here');
  });

  it('never reports not-sent for a 5xx with unknown text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 500, max: 599 }), fc.json(), async (status, body) => {
        expect(zApiError(await answer(status, body), ZAPI).outcome).toBe('unknown');
      }),
      { numRuns: 200 },
    );
  });
});
