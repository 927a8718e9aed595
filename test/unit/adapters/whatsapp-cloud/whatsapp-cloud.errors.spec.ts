import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { whatsAppCloudError } from '../../../../lib/adapters/whatsapp-cloud/whatsapp-cloud.errors.js';
import { META_CODES } from '../../../support/error-cases/meta-codes.js';
import { answer, CLOUD, expectRefusal, type Row } from '../../../support/error-cases/rejections.js';

const ERROR = {
  message: '(#131009) Parameter value is not valid',
  type: 'OAuthException',
  code: 131009,
  error_data: { messaging_product: 'whatsapp', details: 'Invalid buttons count' },
  fbtrace_id: 'A',
};
const WORDS = '(#131009) Parameter value is not valid: Invalid buttons count';

const BAD = { providerCode: '131009', providerMessage: WORDS, category: 'request' } as const;

const ROWS: Row[] = [
  ['a bad parameter', 400, { error: ERROR }, 'provider-rejected', BAD],
  ['a bad parameter in a 500', 500, { error: ERROR }, 'provider-rejected', BAD],
  ['a code in digits', 500, { error: { code: '131047' } }, 'window-closed', { providerCode: '131047' }],
  ['a code that is no number', 500, { error: { code: 'x' } }, 'unknown-outcome'],
  [
    'a message without details',
    400,
    { error: { code: 100, message: 'No', error_data: {} } },
    'provider-rejected',
    { providerCode: '100', providerMessage: 'No', category: 'request' },
  ],
  [
    'a number that does not exist',
    400,
    { error: { code: 100, error_subcode: 33 } },
    'provider-rejected',
    { providerCode: '33', category: 'number-setup' },
  ],
  [
    'details without a message',
    400,
    { error: { code: 100, error_data: { details: 'No' } } },
    'provider-rejected',
    { providerCode: '100', providerMessage: 'No', category: 'request' },
  ],
  [
    'an empty message, and details that are no text',
    400,
    { error: { code: 100, message: '', error_data: { details: 5 } } },
    'provider-rejected',
    { providerCode: '100', category: 'request' },
  ],
  [
    'a message that is no text',
    400,
    { error: { code: 100, message: 5, error_data: { details: '' } } },
    'provider-rejected',
    { providerCode: '100', category: 'request' },
  ],
  ['an error in words', 400, { error: 'No' }, 'provider-rejected', { providerMessage: 'No' }],
  ['an error in words, though HTTP says fine', 200, { error: 'No' }, 'provider-rejected', { providerMessage: 'No' }],
  ['an error in words in a 500', 500, { error: 'No' }, 'unknown-outcome', { providerMessage: 'No' }],
  ['an error without a code, though HTTP says fine', 200, { error: {} }, 'provider-rejected'],
  ['an empty error, though HTTP says fine', 200, { error: '' }, 'provider-rejected'],
  ['an error of null', 200, { error: null }, 'unknown-outcome'],
  ['an error as a list', 500, { error: [{ code: 190 }] }, 'unknown-outcome'],
  ['no id and no error', 200, {}, 'unknown-outcome'],
  ['a list', 200, '[{"error":"x"}]', 'unknown-outcome'],
  ['null', 200, 'null', 'unknown-outcome'],
  ['nothing', 200, '', 'unknown-outcome'],
  ['words, though HTTP says fine', 200, 'Hello', 'unknown-outcome', { providerMessage: 'Hello' }],
  ['words in a 400', 400, 'Bad', 'provider-rejected', { providerMessage: 'Bad' }],
  ['a page of a proxy', 502, '<html>', 'unknown-outcome'],
  ['a 401 without a code', 401, '', 'provider-rejected'],
  ['a 404 without a code', 404, '', 'provider-rejected'],
  ['too much at once, by the status alone', 429, '', 'rate-limited'],
  ['a 429 whose code says otherwise', 429, { error: { code: 190 } }, 'authentication', { providerCode: '190' }],
];

describe('What the Cloud API refuses', () => {
  it.each(ROWS.map((row) => ({ name: row[0], row })))('$name', async ({ row }) => {
    const error = whatsAppCloudError(await answer(row[1], row[2]), CLOUD);
    expectRefusal(error, row);
    expect(error).toMatchObject({ provider: 'whatsapp-cloud', account: 'w' });
  });

  it('is decided by the code alone, whatever the status', async () => {
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
  ])('waits as long as the usage of calls %j names, with %j: %p ms', async (usage, headers, retryAfterMs) => {
    const given = typeof usage === 'string' ? usage : JSON.stringify(usage);
    const limited = await answer(400, { error: { code: 80007 } }, { ...headers, 'x-business-use-case-usage': given });
    expect(whatsAppCloudError(limited, CLOUD)).toMatchObject({ code: 'rate-limited' });
    expect(whatsAppCloudError(limited, CLOUD).retryAfterMs).toBe(retryAfterMs);
  });

  it('waits for nothing because of the usage of calls where it is no limit that was met', async () => {
    const usage = JSON.stringify({ 1000: [{ estimated_time_to_regain_access: 5 }] });
    const refused = await answer(400, { error: { code: 131009 } }, { 'x-business-use-case-usage': usage });
    expect(whatsAppCloudError(refused, CLOUD).retryAfterMs).toBeUndefined();
  });

  it('believes that a fault is transient where nothing can have been sent', async () => {
    const transient = { error: { code: 139999, is_transient: true } };
    expect(whatsAppCloudError(await answer(400, transient), CLOUD).code).toBe('provider-unavailable');
    expect(whatsAppCloudError(await answer(500, transient), CLOUD).code).toBe('unknown-outcome');
    expect(whatsAppCloudError(await answer(400, { error: { code: 139999, is_transient: 'true' } }), CLOUD).code).toBe(
      'provider-rejected',
    );
  });
});
