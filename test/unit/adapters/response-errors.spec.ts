import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  createRejection,
  errorDetails,
  errorFromStatus,
  formatErrorMessage,
  isSuccess,
} from '../../../lib/adapters/response-errors.js';
import { ProviderRejectedError } from '../../../lib/errors/index.js';
import { answer, type Meaning, ZAPI } from '../../support/error-cases/rejections.js';

const DETAILS = { provider: 'z-api', account: 'z' };

describe('errorFromStatus and isSuccess', () => {
  it.each<[status: number, retryAfter: string | undefined, meaning: Meaning]>([
    [200, undefined, 'unknown-outcome'],
    [299, undefined, 'unknown-outcome'],
    [300, undefined, 'provider-rejected'],
    [301, undefined, 'provider-rejected'],
    [400, undefined, 'provider-rejected'],
    [428, undefined, 'provider-rejected'],
    [429, undefined, 'rate-limited'],
    [429, '5', 'rate-limited'],
    [430, undefined, 'provider-rejected'],
    [499, undefined, 'provider-rejected'],
    [500, undefined, 'unknown-outcome'],
    [500, '5', 'unknown-outcome'],
    [502, '5', 'unknown-outcome'],
    [503, undefined, 'unknown-outcome'],
    [503, '5', 'provider-unavailable'],
    [503, '0', 'provider-unavailable'],
    [504, undefined, 'unknown-outcome'],
    [599, undefined, 'unknown-outcome'],
  ])('errorFromStatus maps %i with Retry-After %p to %s', async (status, retryAfter, meaning) => {
    const given = await answer(status, '', retryAfter === undefined ? {} : { 'retry-after': retryAfter });
    const error = errorFromStatus(given, errorDetails(given, ZAPI, { text: 'Words' }));
    expect(error).toMatchObject({ code: meaning, status, provider: 'z-api', account: 'z', providerMessage: 'Words' });
    expect(error.retryAfterMs).toBe(retryAfter === undefined ? undefined : Number(retryAfter) * 1_000);
    const start =
      meaning === 'unknown-outcome'
        ? `z-api responded with ${status}. The message may have been sent`
        : 'z-api rejected the request';
    expect(error.message).toBe(`${start}: Words`);
  });

  it('errorFromStatus reports not-sent only for statuses 300 to 499', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: 599 }), async (status) => {
        const { outcome } = errorFromStatus(await answer(status, ''), DETAILS);
        expect(outcome).toBe(status >= 300 && status < 500 ? 'not-sent' : 'unknown');
      }),
    );
  });

  it.each([
    [199, false],
    [200, true],
    [299, true],
    [300, false],
  ])('isSuccess(%i) returns %p', async (status, expected) => {
    expect(isSuccess(await answer(status, ''))).toBe(expected);
  });
});

describe('Text of a provider error', () => {
  it.each([
    [{}, 'What'],
    [{ providerCode: 'CODE' }, 'What: CODE'],
    [{ providerMessage: 'Words' }, 'What: Words'],
    [{ providerCode: 'CODE', providerMessage: 'Words' }, 'What: Words'],
  ])('formatErrorMessage with %j returns %p', (details, expected) =>
    expect(formatErrorMessage('What', details)).toBe(expected),
  );

  it('createRejection names the provider in the message', () => {
    const error = createRejection(ProviderRejectedError, DETAILS);
    expect(error).toBeInstanceOf(ProviderRejectedError);
    expect(error).toMatchObject({ ...DETAILS, message: 'z-api rejected the request' });
  });

  it('errorDetails truncates the provider text and redacts secrets', async () => {
    const refusal = { code: 'token-of-z!', text: `token-of-z ${'x'.repeat(600)}` };
    const details = errorDetails(await answer(418, '', { 'retry-after': '2' }), ZAPI, refusal);
    expect(details).toEqual({
      ...DETAILS,
      status: 418,
      retryAfterMs: 2_000,
      providerCode: '[secret]!',
      providerMessage: `[secret] ${'x'.repeat(491)}…`,
    });
  });

  it('errorDetails omits code and message when the provider sent none', async () => {
    const details = errorDetails(await answer(418, ''), ZAPI, {});
    expect([details.providerCode, details.providerMessage]).toEqual([undefined, undefined]);
  });
});
