import { expect } from '@jest/globals';
import {
  AuthenticationError,
  PermissionError,
  ProviderRejectedError,
  ProviderUnavailableError,
  RateLimitedError,
  RecipientNotFoundError,
  SubscriptionError,
  UnknownOutcomeError,
  WindowClosedError,
} from '../../../lib/index.js';
import { type FakeResponse } from '../../support/fake-provider.js';
import { cut, hangUp, type Provider, reset } from '../../support/responses.js';

export const CLASSES = {
  authentication: [AuthenticationError, false, 'not-sent'],
  permission: [PermissionError, false, 'not-sent'],
  subscription: [SubscriptionError, false, 'not-sent'],
  'recipient-not-found': [RecipientNotFoundError, false, 'not-sent'],
  'window-closed': [WindowClosedError, false, 'not-sent'],
  'rate-limited': [RateLimitedError, true, 'not-sent'],
  'provider-unavailable': [ProviderUnavailableError, true, 'not-sent'],
  'provider-rejected': [ProviderRejectedError, false, 'not-sent'],
  'unknown-outcome': [UnknownOutcomeError, undefined, 'unknown'],
} as const;
export type Code = keyof typeof CLASSES;
type Known = {
  providerCode?: string;
  providerMessage?: unknown;
  retryAfterMs?: number;
  status?: number;
  scope?: string;
};
export type Row = [what: string, reply: FakeResponse, code: Code, known?: Known];

export const SLOWING = new Set<Code>(['rate-limited', 'provider-unavailable']);
const HTML = '<html><body><h1>Bad gateway</h1></body></html>';
const html = (status: number): FakeResponse => ({ status, headers: { 'Content-Type': 'text/html' }, body: HTML });
export const json = (status: number, body: unknown, headers?: Record<string, string>): FakeResponse => ({
  status,
  body: JSON.stringify(body),
  ...(headers && { headers }),
});
export const empty = (status: number, headers?: Record<string, string>): FakeResponse => ({
  status,
  ...(headers && { headers }),
});
const says = (text: string) => expect.stringContaining(text);

/** What holds whoever answers. */
const EVERYWHERE: Row[] = [
  ...[301, 302, 303, 307, 308].map(
    (status): Row => [`${status}`, empty(status, { Location: '/elsewhere' }), 'provider-rejected', { status }],
  ),
  ...[400, 405, 409, 410, 413, 415, 422, 451].map(
    (status): Row => [`${status} empty`, empty(status), 'provider-rejected', { status }],
  ),
  ['400 in HTML', html(400), 'provider-rejected', { status: 400 }],
  [
    '400 in plain text',
    { status: 400, body: 'Bad thing' },
    'provider-rejected',
    { providerMessage: says('Bad thing') },
  ],
  ['400 in a bare JSON string', json(400, 'Bad thing'), 'provider-rejected'],
  ['400 with cut JSON', { status: 400, body: '{"error":"Bad th' }, 'provider-rejected'],
  ['429', empty(429), 'rate-limited', { status: 429 }],
  ['429 with seconds', empty(429, { 'Retry-After': '7' }), 'rate-limited', { retryAfterMs: 7000 }],
  ['503 with seconds', empty(503, { 'Retry-After': '3' }), 'provider-unavailable', { retryAfterMs: 3000, status: 503 }],
  ['503 without', empty(503), 'unknown-outcome', { status: 503 }],
  ...[500, 501, 502, 504, 520].map((status): Row => [`${status} empty`, empty(status), 'unknown-outcome', { status }]),
  ...[500, 502, 504].map((status): Row => [`${status} in HTML`, html(status), 'unknown-outcome', { status }]),
  ['500 with an error in words', json(500, { error: 'Something broke' }), 'unknown-outcome'],
  ['a socket closed instead of an answer', hangUp, 'unknown-outcome'],
  ['a socket reset instead of an answer', reset, 'unknown-outcome'],
  [
    'over 1 MB',
    { body: JSON.stringify({ messageId: 'M1', messages: [{ id: 'M1' }], id: 'M1', padding: 'x'.repeat(1_100_000) }) },
    'unknown-outcome',
  ],
  ['200 with a body cut off', cut(200, '{"messageId":"M1","messages":[{"id":"M1"}],'), 'unknown-outcome'],
  [
    '200 with the error alone',
    json(200, { error: 'refused for some reason' }),
    'provider-rejected',
    { providerMessage: says('refused for some reason') },
  ],
];

/** Z-API and Cloud promise ids: a 2xx without them says nothing. */
const WITHOUT_IDS: Row[] = [
  ['200 empty', empty(200), 'unknown-outcome', { status: 200 }],
  ['204', empty(204), 'unknown-outcome'],
  ['200 with no ids', json(200, {}), 'unknown-outcome'],
  ['200 with an array', json(200, []), 'unknown-outcome'],
  ['200 with null', { body: 'null' }, 'unknown-outcome'],
  ['200 in HTML', html(200), 'unknown-outcome'],
  ['200 in plain text', { body: 'OK' }, 'unknown-outcome'],
  ['200 with a bare JSON string', json(200, 'queued'), 'unknown-outcome'],
  ['200 with cut JSON', { body: '{"messageId":"M' }, 'unknown-outcome'],
];

const Z_API: Row[] = [
  [
    'no client token',
    json(400, { error: 'your client-token is not configured' }),
    'authentication',
    { providerMessage: says('not configured') },
  ],
  ['null not allowed', json(400, { error: 'null not allowed' }), 'authentication'],
  ['a wrong client token', json(403, { error: 'Client-Token not allowed' }), 'authentication', { status: 403 }],
  ['an address not allowed', json(403, { error: '[203.0.113.9] not allowed' }), 'permission'],
  ['an address not allowed, 400', json(400, { error: '[203.0.113.9] not allowed' }), 'permission'],
  ['no instance, 400', json(400, { error: 'Instance not found' }), 'authentication'],
  ['no instance, 404', json(404, { error: 'Instance not found' }), 'authentication', { status: 404 }],
  [
    'no subscription',
    json(400, { error: 'To continue sending a message, you must subscribe to this instance again' }),
    'subscription',
  ],
  [
    'a wrong path, 404',
    json(404, { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' }),
    'provider-rejected',
    { providerMessage: says('Unable to find') },
  ],
  [
    'a wrong path, 200',
    json(200, { error: 'NOT_FOUND', message: 'Unable to find matching target resource method' }),
    'provider-rejected',
    { status: 200 },
  ],
  ['value false', json(200, { value: false }), 'provider-rejected'],
  ['value true', json(200, { value: true }), 'unknown-outcome'],
  ['a bare JSON string', json(400, 'Bad thing'), 'provider-rejected', { providerMessage: 'Bad thing' }],
  [
    'error as a number',
    json(400, { error: 1005, message: 'Invalid phone' }),
    'provider-rejected',
    { providerCode: '1005', providerMessage: 'Invalid phone' },
  ],
];

const meta = (code: number, message = `(#${code}) Told so`) => ({
  error: { message, type: 'OAuthException', code, fbtrace_id: 'A' },
});
const META: [codes: number[], code: Code][] = [
  [[0, 190], 'authentication'],
  [[3, 10, 200, 250, 299, 131005], 'permission'],
  [[131026], 'recipient-not-found'],
  [[131047], 'window-closed'],
  [[4, 80007, 130429, 131056], 'rate-limited'],
  [[2, 131000, 131016, 131057, 133004], 'provider-unavailable'],
  [[100, 131008, 131009, 131051, 131021, 131049, 131050, 130403, 131048, 368, 131031], 'provider-rejected'],
];
const META_CODES = META.flatMap(([codes, code]) => codes.map((number) => [number, code] as const));

const CLOUD: Row[] = [
  ['an unknown code', json(400, meta(300)), 'provider-rejected', { providerCode: '300' }],
  ['an unknown code in a 500', json(500, meta(300)), 'unknown-outcome', { providerCode: '300' }],
  ['a code that says nothing', json(500, meta(1)), 'unknown-outcome', { providerCode: '1' }],
  ...META_CODES.map(
    ([number, code]): Row => [
      `Meta ${number}`,
      json(400, meta(number)),
      code,
      { providerCode: String(number), providerMessage: says('Told so'), status: 400 },
    ],
  ),
  ['131056 concerns the recipient', json(400, meta(131056)), 'rate-limited', { scope: 'recipient' }],
  ['130429 concerns the account', json(400, meta(130429)), 'rate-limited', { scope: 'account' }],
  ['a permanent code in a 500', json(500, meta(131009)), 'provider-rejected', { status: 500 }],
  ['a credential in a 500', json(500, meta(190)), 'authentication'],
  ['a permanent code in a 429', json(429, meta(131009)), 'provider-rejected'],
  ['a window in a 401', json(401, meta(131047)), 'window-closed'],
  ['trouble in a 400', json(400, meta(131016)), 'provider-unavailable'],
  ['a code in a 200', json(200, meta(131026)), 'recipient-not-found', { status: 200 }],
  ['messages without ids', json(200, { messages: [] }), 'unknown-outcome'],
];

const CHATVOLT: Row[] = [
  [
    '400',
    json(400, { error: 'error invalid request body', details: { x: 1 } }),
    'provider-rejected',
    { providerMessage: says('error invalid request body') },
  ],
  [
    '400 with code and text',
    json(400, { error: { message: 'No way', code: 'NO_WAY' } }),
    'provider-rejected',
    { providerCode: 'NO_WAY', providerMessage: 'No way' },
  ],
  ['401', json(401, { error: 'UNAUTHORIZED' }), 'authentication'],
  ['402', empty(402), 'subscription'],
  ['403', json(403, { error: 'Not your agent' }), 'permission'],
  ['403 in plain text', { status: 403, body: 'Forbidden' }, 'authentication', { providerMessage: says('Forbidden') }],
  ['404', json(404, { error: 'NOT_FOUND' }), 'recipient-not-found'],
  ['406', json(406, { error: 'ERR_META_SESSION_EXPIRED_24H' }), 'window-closed'],
  ['131047 in a 400', json(400, { error: 'failed with 131047' }), 'window-closed'],
  ['131047 in a 200', json(200, { error: { message: 'late', code: 131047 } }), 'window-closed'],
  ...META_CODES.map(
    ([number, code]): Row => [
      `(#${number}) in a 500`,
      json(500, { error: `WhatsApp: (#${number}) Told so` }),
      code,
      { providerCode: String(number), status: 500 },
    ],
  ),
  ...META_CODES.map(
    ([number, code]): Row => [
      `code ${number} in a 500`,
      json(500, meta(number)),
      code,
      { providerCode: String(number) },
    ],
  ),
  ['a code as text in a 500', json(500, { error: { message: 'Told so', code: '131026' } }), 'recipient-not-found'],
  [
    'a bare 131009 in a 500',
    json(500, { error: 'Request failed, 131009' }),
    'provider-rejected',
    { providerCode: '131009' },
  ],
  ['a bare 130429 in plain text', { status: 500, body: 'Meta said 130429 again' }, 'unknown-outcome'],
  ['an unknown code in a 500', json(500, { error: '(#300) Told so' }), 'unknown-outcome', { providerCode: '300' }],
  ['no conversation', json(500, { error: 'No Conversation found' }), 'recipient-not-found', { scope: 'account' }],
  ['another number in a 500', json(500, { error: 'gave up after 100 ms' }), 'unknown-outcome'],
  ['thirteen digits in a 500', json(500, { error: 'number 5513104712345' }), 'unknown-outcome'],
  ['a code of its own in a 500', json(500, { error: { message: 'Broken', code: 'INTERNAL' } }), 'unknown-outcome'],
];

export const TABLES: [Provider, Row[]][] = [
  ['z-api', [...EVERYWHERE, ...WITHOUT_IDS, ...Z_API]],
  ['chatvolt', [...EVERYWHERE, ...CHATVOLT]],
  ['whatsapp-cloud', [...EVERYWHERE, ...WITHOUT_IDS, ...CLOUD]],
];
