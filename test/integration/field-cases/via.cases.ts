import type { FieldCase, Fields, Rule } from './field-case.js';
import { posted, question, questionTo, send } from './messages.js';
import { zAccepts } from './z-api.bodies.js';

const OWN_AFFAIR = "What is the account's own affair does not end the failover; each failed account is in tried";

/** Expects that failover skips an invalid first account. */
const goesPast = (id: string, what: string, row: Fields | undefined, code: string | string[]): FieldCase => ({
  id: `via-${id}`,
  what,
  source: OWN_AFFAIR,
  resolveAccount: { ...(row && { tenant: { name: 'tenant', ...row } }) },
  call: send(question(), { via: ['tenant', 'sales'] }),
  answer: [zAccepts(95)],
  expect: { result: { account: 'sales', tried: [{ account: 'tenant', code }] }, requests: 1 },
});

const via = (id: string, what: string, names: string[], answer: Rule[], expect: FieldCase['expect']): FieldCase => ({
  id: `via-${id}`,
  what,
  source: OWN_AFFAIR,
  call: send(question(), { via: names, timeoutMs: 1_000, fallback: 'text' }),
  answer,
  expect,
});

const CLOUD_ROW = { provider: 'whatsapp-cloud', phoneNumberId: '', accessToken: 'x' };

export const viaCases: FieldCase[] = [
  goesPast('unknown-account', 'continues failover after an unknown account', undefined, 'unknown-account'),
  goesPast('faulty-cloud-row', 'continues failover after an account without phoneNumberId', CLOUD_ROW, 'configuration'),
  goesPast(
    'missing-key',
    'continues failover after an account without apiKey',
    { provider: 'chatvolt' },
    'configuration',
  ),
  goesPast(
    'plain-http',
    'continues failover after a baseUrl that is not https',
    { provider: 'chatvolt', apiKey: 'k', baseUrl: 'http://api.example' },
    'configuration',
  ),
  goesPast('strange-provider', 'continues failover after an unknown provider', { provider: 'pigeon' }, 'configuration'),
  {
    id: 'via-words-of-a-faulty-row',
    what: 'names the invalid account in the error, without class names or secrets',
    source: 'Error text: what failed, which one, what to do',
    resolveAccount: {
      'tenant-77': { provider: 'z-api', name: 'tenant-77', instanceId: '', token: 'very-secret-token' },
    },
    call: send(question(), { account: 'tenant-77' }),
    expect: {
      error: { class: 'ConfigurationError', outcome: 'not-sent', category: 'authentication' },
      says: ['tenant-77'],
      saysNot: ['Dto', 'very-secret-token'],
      requests: 0,
    },
  },
  via(
    'three',
    'continues failover past two providers, and lists both in tried',
    ['support', 'official', 'sales'],
    [
      posted(406, { error: 'x' }, { to: 'POST /conversation/message' }),
      posted(
        400,
        { error: { message: '(#131044) x', type: 'OAuthException', code: 131044 } },
        { to: 'POST 1065403522/' },
      ),
    ],
    {
      result: { account: 'sales', tried: [{ account: 'support', code: 'window-closed' }, { account: 'official' }] },
      requests: 3,
    },
  ),
  via(
    'all-refuse',
    'throws the last error, as not sent, when every account rejects',
    ['sales', 'official'],
    [
      posted(403, { error: 'Client-Token not allowed' }, { to: 'POST /instances/' }),
      posted(
        400,
        { error: { message: '(#131047) x', type: 'OAuthException', code: 131047 } },
        { to: 'POST 1065403522/' },
      ),
    ],
    { error: { class: 'WindowClosedError', outcome: 'not-sent', account: 'official' }, requests: 2 },
  ),
  via(
    'stops-at-silence',
    'stops failover after a send without a response',
    ['sales', 'official'],
    [{ to: 'POST /instances/', end: 'silence' }],
    { error: { class: 'UnknownOutcomeError', outcome: 'unknown', category: 'unknown' }, requests: 1 },
  ),
  via(
    'stops-at-reset',
    'stops failover after a connection reset',
    ['official', 'sales'],
    [{ to: 'POST 1065403522/', end: 'reset' }],
    { error: { class: 'UnknownOutcomeError', outcome: 'unknown' }, requests: 1 },
  ),
  via(
    'stops-at-500',
    'stops failover after a 500 of Z-API',
    ['sales', 'official'],
    [posted(500, { error: 'Internal' }, { to: 'POST /instances/' })],
    { error: { class: 'UnknownOutcomeError', outcome: 'unknown' }, requests: 1 },
  ),
  {
    id: 'via-stops-at-invalid',
    what: 'stops failover after an invalid message',
    source: 'Never after another error',
    call: send(question({ text: '' }), { via: ['sales', 'official'] }),
    expect: {
      error: { class: 'InvalidMessageError', outcome: 'not-sent', category: 'request' },
      requests: 0,
    },
  },
  {
    id: 'via-key-after-failover',
    what: 'returns the sent message for the same key after a failover',
    source: 'A key survives retries and failover',
    call: send(questionTo('5581994440008'), { via: ['official', 'sales'], idempotencyKey: 'k-95' }),
    answer: [
      posted(
        400,
        { error: { message: '(#133010) x', type: 'OAuthException', code: 133010 } },
        { to: 'POST 1065403522/' },
      ),
      zAccepts(96),
    ],
    again: {},
    expect: {
      result: { account: 'sales', messageId: 'MSG96' },
      requests: 2,
      again: { result: { account: 'sales', messageId: 'MSG96' }, requests: 0 },
    },
  },
];
