import type { Row } from './rejections.js';

const ERROR = {
  message: '(#131009) Parameter value is not valid',
  type: 'OAuthException',
  code: 131009,
  error_data: { messaging_product: 'whatsapp', details: 'Invalid buttons count' },
  fbtrace_id: 'A',
};
const WORDS = '(#131009) Parameter value is not valid: Invalid buttons count';

const BAD = { providerCode: '131009', providerMessage: WORDS, category: 'request' } as const;

/** Responses of the Cloud API that are errors, and what they mean. */
export const WHATSAPP_CLOUD_ERRORS: Row[] = [
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
  ['an unknown code', 400, { error: { code: 300 } }, 'provider-rejected', { providerCode: '300' }],
  ['an unknown code in a 500', 500, { error: { code: 300 } }, 'unknown-outcome', { providerCode: '300' }],
  ['a code that says nothing, in a 500', 500, { error: { code: 1 } }, 'unknown-outcome', { providerCode: '1' }],
  ['messages without ids', 200, { messages: [] }, 'unknown-outcome'],
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
