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
  ['an invalid parameter', 400, { error: ERROR }, 'provider-rejected', BAD],
  ['an invalid parameter in a 500', 500, { error: ERROR }, 'provider-rejected', BAD],
  ['a code as a string of digits', 500, { error: { code: '131047' } }, 'window-closed', { providerCode: '131047' }],
  ['a code that is not a number', 500, { error: { code: 'x' } }, 'unknown-outcome'],
  [
    'a message without details',
    400,
    { error: { code: 100, message: 'No', error_data: {} } },
    'provider-rejected',
    { providerCode: '100', providerMessage: 'No', category: 'request' },
  ],
  [
    'an unknown phone number ID',
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
    'an empty message with details that are not a string',
    400,
    { error: { code: 100, message: '', error_data: { details: 5 } } },
    'provider-rejected',
    { providerCode: '100', category: 'request' },
  ],
  [
    'a message that is not a string',
    400,
    { error: { code: 100, message: 5, error_data: { details: '' } } },
    'provider-rejected',
    { providerCode: '100', category: 'request' },
  ],
  ['an error as a string in a 400', 400, { error: 'No' }, 'provider-rejected', { providerMessage: 'No' }],
  ['an error as a string in a 200', 200, { error: 'No' }, 'provider-rejected', { providerMessage: 'No' }],
  ['an error as a string in a 500', 500, { error: 'No' }, 'unknown-outcome', { providerMessage: 'No' }],
  ['an error without a code in a 200', 200, { error: {} }, 'provider-rejected'],
  ['an empty error in a 200', 200, { error: '' }, 'provider-rejected'],
  ['error: null in a 200', 200, { error: null }, 'unknown-outcome'],
  ['an error as an array', 500, { error: [{ code: 190 }] }, 'unknown-outcome'],
  ['an unknown code in a 400', 400, { error: { code: 300 } }, 'provider-rejected', { providerCode: '300' }],
  ['an unknown code in a 500', 500, { error: { code: 300 } }, 'unknown-outcome', { providerCode: '300' }],
  ['the code for an unknown error in a 500', 500, { error: { code: 1 } }, 'unknown-outcome', { providerCode: '1' }],
  ['a 200 with an empty messages array', 200, { messages: [] }, 'unknown-outcome'],
  ['a 200 with neither ID nor error', 200, {}, 'unknown-outcome'],
  ['an array in a 200', 200, '[{"error":"x"}]', 'unknown-outcome'],
  ['null in a 200', 200, 'null', 'unknown-outcome'],
  ['an empty 200', 200, '', 'unknown-outcome'],
  ['plain text in a 200', 200, 'Hello', 'unknown-outcome', { providerMessage: 'Hello' }],
  ['plain text in a 400', 400, 'Bad', 'provider-rejected', { providerMessage: 'Bad' }],
  ['the HTML page of a proxy', 502, '<html>', 'unknown-outcome'],
  ['a 401 without a code', 401, '', 'provider-rejected'],
  ['a 404 without a code', 404, '', 'provider-rejected'],
  ['an empty 429', 429, '', 'rate-limited'],
  ['a 429 with an authentication code', 429, { error: { code: 190 } }, 'authentication', { providerCode: '190' }],
];
