import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  whatsAppCloudError,
  whatsAppCloudMediaError,
} from '../../../../lib/adapters/whatsapp-cloud/whatsapp-cloud.errors.js';
import { META_CODES } from '../../../support/error-cases/meta-codes.js';
import { answer, CLOUD, expectRefusal } from '../../../support/error-cases/rejections.js';
import { WHATSAPP_CLOUD_ERRORS } from '../../../support/error-cases/whatsapp-cloud.cases.js';

describe('whatsAppCloudError', () => {
  it.each(WHATSAPP_CLOUD_ERRORS.map((row) => ({ name: row[0], row })))('maps $name to $row.3', async ({ row }) => {
    const error = whatsAppCloudError(await answer(row[1], row[2]), CLOUD);
    expectRefusal(error, row);
    expect(error).toMatchObject({ provider: 'whatsapp-cloud', account: 'w' });
  });

  it('maps an error by its code with any status', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 200, max: 599 }), fc.constantFrom(...META_CODES), async (status, row) => {
        const [code, meaning, category, scope] = row;
        const details = { providerCode: String(code), category, ...(scope && { scope }) };
        const error = whatsAppCloudError(await answer(status, { error: { code } }), CLOUD);
        expectRefusal(error, ['', status, '', meaning, details]);
      }),
      { numRuns: 300 },
    );
  });

  it.each<[usage: unknown, headers: Record<string, string>, retryAfterMs: number | undefined]>([
    [{ 1000: [{ type: 'whatsapp', estimated_time_to_regain_access: 5 }] }, {}, 300_000],
    [{ 1000: [{ estimated_time_to_regain_access: '7' }, { estimated_time_to_regain_access: 2 }], 2: [] }, {}, 420_000],
    [{ 1000: [{ estimated_time_to_regain_access: 5 }] }, { 'retry-after': '3' }, 3_000],
    [{ 1000: [{ estimated_time_to_regain_access: 0 }] }, {}, undefined],
    [{ 1000: [{ estimated_time_to_regain_access: 'soon' }, null, 7] }, {}, undefined],
    [{ 1000: [{ call_count: 100 }] }, {}, undefined],
    [[{ estimated_time_to_regain_access: 5 }], {}, undefined],
    ['{"1000":[{"estimated', {}, undefined],
  ])(
    'reads from the business use case usage %j, with headers %j, the wait %p ms',
    async (usage, headers, retryAfterMs) => {
      const given = typeof usage === 'string' ? usage : JSON.stringify(usage);
      const limited = await answer(400, { error: { code: 80007 } }, { ...headers, 'x-business-use-case-usage': given });
      expect(whatsAppCloudError(limited, CLOUD)).toMatchObject({ code: 'rate-limited' });
      expect(whatsAppCloudError(limited, CLOUD).retryAfterMs).toBe(retryAfterMs);
    },
  );

  it('ignores the business use case usage when the error is not a rate limit', async () => {
    const usage = JSON.stringify({ 1000: [{ estimated_time_to_regain_access: 5 }] });
    const refused = await answer(400, { error: { code: 131009 } }, { 'x-business-use-case-usage': usage });
    expect(whatsAppCloudError(refused, CLOUD).retryAfterMs).toBeUndefined();
  });

  it('trusts is_transient only in a response below 500', async () => {
    const transient = { error: { code: 139999, is_transient: true } };
    expect(whatsAppCloudError(await answer(400, transient), CLOUD).code).toBe('provider-unavailable');
    expect(whatsAppCloudError(await answer(500, transient), CLOUD).code).toBe('unknown-outcome');
    expect(whatsAppCloudError(await answer(400, { error: { code: 139999, is_transient: 'true' } }), CLOUD).code).toBe(
      'provider-rejected',
    );
  });
});

describe('whatsAppCloudMediaError', () => {
  it.each<[what: string, status: number, error: object | undefined, code: string]>([
    ['a missing object', 400, { code: 100, error_subcode: 33 }, 'media-not-found'],
    ['404 without a code', 404, undefined, 'media-not-found'],
    ['410 with an unknown code', 410, { code: 139999 }, 'media-not-found'],
    ['404 with a parameter', 404, { code: 100 }, 'media-not-found'],
    ['404 with an invalid token', 404, { code: 190 }, 'authentication'],
    ['a parameter', 400, { code: 100 }, 'provider-rejected'],
    ['400 without a code', 400, undefined, 'provider-rejected'],
  ])('maps %s to the file', async (_what, status, error, code) => {
    const found = whatsAppCloudMediaError(await answer(status, { error }), CLOUD);
    expect(found).toMatchObject({ code, status, provider: 'whatsapp-cloud', account: 'w' });
    if (code === 'media-not-found') expect(found.category).toBe('media');
  });
});
