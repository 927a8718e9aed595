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
import { CHATVOLT_ERRORS } from '../../support/error-cases/chatvolt.cases.js';
import { META_CODES } from '../../support/error-cases/meta-codes.js';
import type { Row as ErrorCase } from '../../support/error-cases/rejections.js';
import { WHATSAPP_CLOUD_ERRORS } from '../../support/error-cases/whatsapp-cloud.cases.js';
import { Z_API_ERRORS, Z_API_FAILURES } from '../../support/error-cases/z-api.cases.js';
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
  category?: string;
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

/** Responses with the same meaning for every provider. */
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
  ['400 with truncated JSON', { status: 400, body: '{"error":"Bad th' }, 'provider-rejected'],
  ['429 without Retry-After', empty(429), 'rate-limited', { status: 429 }],
  ['429 with Retry-After in seconds', empty(429, { 'Retry-After': '7' }), 'rate-limited', { retryAfterMs: 7000 }],
  [
    '503 with Retry-After in seconds',
    empty(503, { 'Retry-After': '3' }),
    'provider-unavailable',
    { retryAfterMs: 3000, status: 503 },
  ],
  ['503 without Retry-After', empty(503), 'unknown-outcome', { status: 503 }],
  ...[500, 501, 502, 504, 520].map((status): Row => [`${status} empty`, empty(status), 'unknown-outcome', { status }]),
  ...[500, 502, 504].map((status): Row => [`${status} in HTML`, html(status), 'unknown-outcome', { status }]),
  ['500 with an error text', json(500, { error: 'Something broke' }), 'unknown-outcome'],
  ['a connection closed without a response', hangUp, 'unknown-outcome'],
  ['a connection reset without a response', reset, 'unknown-outcome'],
  [
    'a response over 1 MiB',
    { body: JSON.stringify({ messageId: 'M1', messages: [{ id: 'M1' }], id: 'M1', padding: 'x'.repeat(1_100_000) }) },
    'unknown-outcome',
  ],
  ['200 with a truncated body', cut(200, '{"messageId":"M1","messages":[{"id":"M1"}],'), 'unknown-outcome'],
  [
    '200 with only an error',
    json(200, { error: 'refused for some reason' }),
    'provider-rejected',
    { providerMessage: says('refused for some reason') },
  ],
];

/** Z-API and the Cloud API always return IDs, so a 2xx without them is unknown. */
const WITHOUT_IDS: Row[] = [
  ['200 empty', empty(200), 'unknown-outcome', { status: 200 }],
  ['204', empty(204), 'unknown-outcome'],
  ['200 without IDs', json(200, {}), 'unknown-outcome'],
  ['200 with an array', json(200, []), 'unknown-outcome'],
  ['200 with null', { body: 'null' }, 'unknown-outcome'],
  ['200 in HTML', html(200), 'unknown-outcome'],
  ['200 in plain text', { body: 'OK' }, 'unknown-outcome'],
  ['200 with a bare JSON string', json(200, 'queued'), 'unknown-outcome'],
  ['200 with truncated JSON', { body: '{"messageId":"M' }, 'unknown-outcome'],
];

/** The error cases that the unit tests read from bodies, as responses over HTTP. */
const overHttp = (cases: readonly ErrorCase[]): Row[] =>
  cases.map(([what, status, body, code, known]) => [
    `${status}: ${what}`,
    { status, body: typeof body === 'string' ? body : JSON.stringify(body) },
    code,
    known ?? {},
  ]);

/** Builds an error with a Meta code as the Cloud API sends it. */
const meta = (code: number) => ({
  error: { message: `(#${code}) Told so`, type: 'OAuthException', code, fbtrace_id: 'A' },
});
const metaRows = (what: (code: number) => string, status: number, bodyOf: (code: number) => unknown): Row[] =>
  META_CODES.map(([number, code, category, scope]) => [
    what(number),
    json(status, bodyOf(number)),
    code,
    { providerCode: String(number), providerMessage: says('Told so'), status, category, ...(scope && { scope }) },
  ]);

const CLOUD: Row[] = [
  ...metaRows((code) => `Meta ${code}`, 400, meta),
  ['a permanent code in a 500', json(500, meta(131009)), 'provider-rejected', { status: 500 }],
  ['an authentication code in a 500', json(500, meta(190)), 'authentication'],
  ['a permanent code in a 429', json(429, meta(131009)), 'provider-rejected'],
  ['a closed-window code in a 401', json(401, meta(131047)), 'window-closed'],
  ['an error code in a 200', json(200, meta(131026)), 'recipient-not-found', { status: 200 }],
  ...overHttp(WHATSAPP_CLOUD_ERRORS),
];

const CHATVOLT: Row[] = [
  ...metaRows(
    (code) => `(#${code}) in a 500`,
    500,
    (code) => ({ error: `WhatsApp: (#${code}) Told so` }),
  ),
  ...metaRows((code) => `code ${code} in a 500`, 500, meta),
  // Chatvolt accepts a message with any 2xx without an error.
  ...overHttp(CHATVOLT_ERRORS.filter(([, status, , code]) => status >= 300 || code !== 'unknown-outcome')),
];

const Z_API: Row[] = [
  ...overHttp(Z_API_ERRORS),
  ...overHttp(
    Z_API_FAILURES.map(([text, code, category]): ErrorCase => [text, 400, { error: text }, code, { category }]),
  ),
];

export const TABLES: [Provider, Row[]][] = [
  ['z-api', [...EVERYWHERE, ...WITHOUT_IDS, ...Z_API]],
  ['chatvolt', [...EVERYWHERE, ...CHATVOLT]],
  ['whatsapp-cloud', [...EVERYWHERE, ...WITHOUT_IDS, ...CLOUD]],
];
