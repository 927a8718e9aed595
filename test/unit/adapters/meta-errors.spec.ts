import { describe, expect, it } from '@jest/globals';
import { isKnownMetaCode, metaCode, metaError, metaFailure, WINDOW_CLOSED } from '../../../lib/adapters/meta-errors.js';
import { BUTTONS_REFUSED, META_CODES, RESTING, UNKNOWN_CODES } from '../../support/error-cases/meta-codes.js';
import { MEANINGS } from '../../support/error-cases/rejections.js';

const DETAILS = { provider: 'whatsapp-cloud', account: 'w', status: 400, retryAfterMs: 5, providerMessage: 'Words' };
const ROWS = META_CODES.map(([code, meaning, category, scope]) => ({ code, meaning, category, scope }));

describe('Meta error codes', () => {
  it.each(ROWS)('metaError maps $code to $meaning, category $category', ({ code, meaning, category, scope }) => {
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
    expect(error.message).toBe('whatsapp-cloud rejected the request: Words');
    expect(error.scope).toBe(scope ?? (meaning === 'rate-limited' ? 'account' : undefined));
    expect(isKnownMetaCode(code)).toBe(true);
  });

  it.each(ROWS)('metaFailure maps $code in a status to category $category', ({ code, category }) => {
    const opensCircuit = RESTING.includes(code);
    expect(metaFailure(code)).toEqual({ category, buttonsRefused: BUTTONS_REFUSED.includes(code), opensCircuit });
  });

  it.each(UNKNOWN_CODES)('metaError treats unknown code %i as a rejection, except in a 429 or 500', (code) => {
    const refused = { code: 'provider-rejected', outcome: 'not-sent', category: 'unknown', providerCode: String(code) };
    expect(metaError(code, { ...DETAILS, status: 200 })).toMatchObject(refused);
    expect(metaError(code, { ...DETAILS, status: 499 })).toMatchObject(refused);
    expect(metaError(code, { provider: 'whatsapp-cloud' })).toMatchObject(refused);
    expect(metaError(code, { ...DETAILS, status: 429 })).toMatchObject({ code: 'rate-limited', scope: 'account' });
    const unknown = metaError(code, { ...DETAILS, status: 500 });
    expect(unknown).toMatchObject({ code: 'unknown-outcome', outcome: 'unknown', category: 'unknown' });
    expect(unknown.message).toBe(`whatsapp-cloud responded with code ${code}. The message may have been sent: Words`);
    expect(isKnownMetaCode(code)).toBe(false);
    expect(metaFailure(code)).toEqual({ category: 'unknown', buttonsRefused: false, opensCircuit: false });
  });

  it.each([1, -1])('metaError treats code %i as an unknown outcome with any status', (code) => {
    for (const status of [200, 400, 500]) {
      expect(metaError(code, { ...DETAILS, status }, true)).toMatchObject({ code: 'unknown-outcome' });
    }
    expect(metaFailure(code).category).toBe('unknown');
  });

  it.each([4, 613, 80007, 80008])('metaError marks rate limit %i as lasting minutes', (code) => {
    expect(metaError(code, DETAILS)).toHaveProperty('lasts', 'minutes');
  });

  it.each([130429, 131056])('metaError does not mark rate limit %i as lasting minutes', (code) =>
    expect(metaError(code, DETAILS)).not.toHaveProperty('lasts'),
  );

  it.each<[number, number, string]>([
    [139999, 399, 'provider-rejected'],
    [139999, 400, 'provider-unavailable'],
    [139999, 499, 'provider-unavailable'],
    // It may have been accepted before the error occurred.
    [139999, 500, 'unknown-outcome'],
    [131009, 400, 'provider-rejected'],
    [131047, 500, 'window-closed'],
  ])('metaError maps %i with status %i and is_transient to %s', (code, status, expected) => {
    expect(metaError(code, { ...DETAILS, status }, true).code).toBe(expected);
  });

  it('metaError puts the code into the message when the provider sent no text', () => {
    const { providerMessage, ...wordless } = DETAILS;
    expect(metaError(131056, wordless).message).toBe('whatsapp-cloud rejected the request: 131056');
    expect(metaError(190, wordless).message).toBe('whatsapp-cloud rejected the request: 190');
  });

  it('WINDOW_CLOSED is 131047', () => expect(WINDOW_CLOSED).toBe(131047));

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
  ])('metaCode reads %p as %p', (value, code) => expect(metaCode(value)).toBe(code));
});
