import { describe, expect, it } from '@jest/globals';
import { isKnownMetaCode, metaCode, metaError, metaFailure, WINDOW_CLOSED } from '../../../lib/adapters/meta-errors.js';
import { BUTTONS_REFUSED, META_CODES, RESTING, UNKNOWN_CODES } from '../../support/error-cases/meta-codes.js';
import { MEANINGS } from '../../support/error-cases/rejections.js';

const DETAILS = { provider: 'whatsapp-cloud', account: 'w', status: 400, retryAfterMs: 5, providerMessage: 'Words' };
const ROWS = META_CODES.map(([code, meaning, category, scope]) => ({ code, meaning, category, scope }));

describe("Meta's codes", () => {
  it.each(ROWS)('$code means $meaning, $category', ({ code, meaning, category, scope }) => {
    const error = metaError(code, DETAILS);
    const [outcome, retryable] = MEANINGS[meaning];
    expect(error).toMatchObject({
      ...DETAILS,
      code: meaning,
      outcome,
      retryable,
      category,
      providerCode: String(code),
    });
    expect(error.message).toBe('whatsapp-cloud refused the call: Words');
    expect(error.scope).toBe(scope ?? (meaning === 'rate-limited' ? 'account' : undefined));
    expect(isKnownMetaCode(code)).toBe(true);
  });

  it.each(ROWS)('$code in a status is about $category', ({ code, category }) => {
    const restsAccount = RESTING.includes(code);
    expect(metaFailure(code)).toEqual({ category, buttonsRefused: BUTTONS_REFUSED.includes(code), restsAccount });
  });

  it.each(UNKNOWN_CODES)('%i is not known: it refuses, unless the provider is in trouble', (code) => {
    const refused = { code: 'provider-rejected', outcome: 'not-sent', category: 'unknown', providerCode: String(code) };
    expect(metaError(code, { ...DETAILS, status: 200 })).toMatchObject(refused);
    expect(metaError(code, { ...DETAILS, status: 499 })).toMatchObject(refused);
    expect(metaError(code, { provider: 'whatsapp-cloud' })).toMatchObject(refused);
    expect(metaError(code, { ...DETAILS, status: 429 })).toMatchObject({ code: 'rate-limited', scope: 'account' });
    const unknown = metaError(code, { ...DETAILS, status: 500 });
    expect(unknown).toMatchObject({ code: 'unknown-outcome', outcome: 'unknown', category: 'unknown' });
    expect(unknown.message).toBe(
      `whatsapp-cloud answered with the code ${code}, which does not say what became of the message: Words`,
    );
    expect(isKnownMetaCode(code)).toBe(false);
    expect(metaFailure(code)).toEqual({ category: 'unknown', buttonsRefused: false, restsAccount: false });
  });

  it.each([1, -1])('%i says nothing, whatever the status', (code) => {
    for (const status of [200, 400, 500]) {
      expect(metaError(code, { ...DETAILS, status }, true)).toMatchObject({ code: 'unknown-outcome' });
    }
    expect(metaFailure(code).category).toBe('unknown');
  });

  it.each([4, 613, 80007, 80008])('%i lasts for minutes', (code) => {
    expect(metaError(code, DETAILS)).toHaveProperty('lasts', 'minutes');
  });

  it.each([130429, 131056])('%i does not', (code) => expect(metaError(code, DETAILS)).not.toHaveProperty('lasts'));

  it.each<[number, number, string]>([
    [139999, 399, 'provider-rejected'],
    [139999, 400, 'provider-unavailable'],
    [139999, 499, 'provider-unavailable'],
    // It may have been accepted before the trouble began.
    [139999, 500, 'unknown-outcome'],
    [131009, 400, 'provider-rejected'],
    [131047, 500, 'window-closed'],
  ])('%i with a status of %i, said to be transient, means %s', (code, status, expected) => {
    expect(metaError(code, { ...DETAILS, status }, true).code).toBe(expected);
  });

  it('are said where there are no words', () => {
    const { providerMessage, ...wordless } = DETAILS;
    expect(metaError(131056, wordless).message).toBe('whatsapp-cloud refused the call: 131056');
    expect(metaError(190, wordless).message).toBe('whatsapp-cloud refused the call: 190');
  });

  it('name the closed window', () => expect(WINDOW_CLOSED).toBe(131047));

  it.each<[unknown, number | undefined]>([
    [131009, 131009],
    [0, 0],
    ['131009', 131009],
    ['0', 0],
    ['', undefined],
    ['12a', undefined],
    ['a12', undefined],
    ['1.5', undefined],
    ['-4', undefined],
    [1.5, undefined],
    [Number.NaN, undefined],
    [Number.POSITIVE_INFINITY, undefined],
    [null, undefined],
    [undefined, undefined],
    [true, undefined],
    [[4], undefined],
    [{}, undefined],
  ])('are read of %p as %p', (value, code) => expect(metaCode(value)).toBe(code));
});
