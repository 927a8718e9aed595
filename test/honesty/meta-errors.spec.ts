import { describe, expect, it } from '@jest/globals';
import { metaCode, metaError, WINDOW_CLOSED } from '../../lib/providers/meta-errors.js';
import { META_CODES } from './meta-codes.js';
import { MEANINGS } from './refusals.js';

const DETAILS = { provider: 'whatsapp-cloud', account: 'w', status: 400, retryAfterMs: 5, providerMessage: 'Words' };

describe("Meta's codes", () => {
  it.each(META_CODES.map(([code, meaning, scope]) => ({ code, meaning, scope })))('$code means $meaning', (row) => {
    const { code, meaning, scope } = row;
    const error = metaError(code, DETAILS);
    const [outcome, retryable] = MEANINGS[meaning];
    expect(error).toMatchObject({ ...DETAILS, code: meaning, outcome, retryable, providerCode: String(code) });
    expect(error.message).toBe('whatsapp-cloud refused the call: Words');
    if (meaning === 'rate-limited') expect(error).toHaveProperty('scope', scope ?? 'account');
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
