import type { ProviderName } from '../../../lib/index.js';
import { type Callback, credentials, signed, stranger } from '../../support/webhook-requests.js';
import { PRESS_OF } from './fixtures.js';

/** A webhook request to an account, with valid or invalid credentials. */
export interface RequestAttempt {
  name: string;
  provider: ProviderName;
  account: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
}

type Way = [name: string, headers: Record<string, string>, query?: Record<string, string>];

const attempts = (provider: ProviderName, account: string, ways: Way[]): RequestAttempt[] =>
  ways.map(([name, headers, query]) => ({
    name: `${name} at ${provider} account ${account}`,
    provider,
    account,
    headers,
    ...(query && { query }),
  }));

const CLOUD_BODY = JSON.stringify(PRESS_OF['whatsapp-cloud']('wamid.CREDENTIALS'));
const GOOD = signed('w-secret-new', CLOUD_BODY);
const Z_TOKEN = credentials('z', '')['z-api-token'] ?? '';

/** Credentials that must be accepted. */
export const GOOD_ATTEMPTS: RequestAttempt[] = [
  ...attempts('z-api', 'z', [
    ['the token', { 'z-api-token': Z_TOKEN }],
    ['the new secret in the query', {}, { 'webhook-secret': 'z-secret-new' }],
    ['the old secret in the query', {}, { 'webhook-secret': 'z-secret-old' }],
    ['the new secret as a header', { 'webhook-secret': 'z-secret-new' }],
    ['the old secret as a header', { 'webhook-secret': 'z-secret-old' }],
  ]),
  ...attempts('z-api', 'z-bare', [['the token', credentials('z-bare', '')]]),
  ...attempts('chatvolt', 'c', [
    ['the new secret as a bearer', { authorization: 'Bearer c-secret-new' }],
    ['the old secret as a bearer', { authorization: 'Bearer c-secret-old' }],
    ['the new secret as a header', { 'webhook-secret': 'c-secret-new' }],
    ['the old secret as a header', { 'webhook-secret': 'c-secret-old' }],
  ]),
  ...attempts('whatsapp-cloud', 'w', [
    ['a signature with the new secret', { 'x-hub-signature-256': GOOD }],
    ['a signature with the old secret', { 'x-hub-signature-256': signed('w-secret-old', CLOUD_BODY) }],
  ]),
];

/** Credentials that must be rejected. */
export const BAD_ATTEMPTS: RequestAttempt[] = [
  ...attempts('z-api', 'z', [
    ['no credentials', {}],
    ['an empty token', { 'z-api-token': '' }],
    ['a wrong token', { 'z-api-token': 'token-of-nobody-here' }],
    ['a truncated token', { 'z-api-token': Z_TOKEN.slice(0, -1) }],
    ['a lengthened token', { 'z-api-token': `${Z_TOKEN}0` }],
    ['a token in another case', { 'z-api-token': Z_TOKEN.toUpperCase() }],
    ["another account's token", credentials('z2', '')],
    ["another account's secret", {}, { 'webhook-secret': 'z2-secret' }],
    ["another provider's secret", { 'webhook-secret': 'c-secret-new' }],
    ['the client token', { 'z-api-token': 'client-token-of-z' }],
    ['the instance id', { 'z-api-token': 'INSTANCE-z' }],
    ['the secret as a token', { 'z-api-token': 'z-secret-new' }],
    ['an empty secret in the query', {}, { 'webhook-secret': '' }],
    ['a truncated secret in the query', {}, { 'webhook-secret': 'z-secret-ne' }],
    ['an empty secret as a header', { 'webhook-secret': '' }],
    ['a truncated secret as a header', { 'webhook-secret': 'z-secret-ne' }],
    ['both secrets in one header', { 'webhook-secret': 'z-secret-old,z-secret-new' }],
    ['a signature', { 'x-hub-signature-256': GOOD }],
  ]),
  ...attempts('z-api', 'z-bare', [
    ['an empty secret', { 'webhook-secret': '' }, { 'webhook-secret': '' }],
    ['the text undefined', { 'webhook-secret': 'undefined' }, { 'webhook-secret': 'undefined' }],
    ["another account's secret", { 'webhook-secret': 'z-secret-new' }],
  ]),
  ...attempts('chatvolt', 'c', [
    ['no credentials', {}],
    ['an empty bearer', { authorization: 'Bearer ' }],
    ['an empty authorization header', { authorization: '' }],
    ['a wrong bearer', { authorization: 'Bearer wrong' }],
    ['a truncated bearer', { authorization: 'Bearer c-secret-ne' }],
    ['a lengthened bearer', { authorization: 'Bearer c-secret-new1' }],
    ["another account's bearer", { authorization: 'Bearer c2-secret' }],
    ["another provider's bearer", { authorization: 'Bearer z-secret-new' }],
    ['the API key', { authorization: 'Bearer key-of-c' }],
    ['another scheme', { authorization: 'Basic c-secret-new' }],
    ['a wrong secret', { 'webhook-secret': 'wrong' }],
    ['an empty secret', { 'webhook-secret': '' }],
    ["another account's secret", { 'webhook-secret': 'c2-secret' }],
  ]),
  ...attempts('chatvolt', 'c-bare', [
    ['no credentials', {}],
    ['an empty bearer', { authorization: 'Bearer ' }],
    ['the text undefined', { authorization: 'Bearer undefined', 'webhook-secret': 'undefined' }],
    ['an empty secret', { 'webhook-secret': '' }],
    ['the API key', { authorization: 'Bearer key-of-c-bare' }],
  ]),
  ...attempts('whatsapp-cloud', 'w', [
    ['no credentials', {}],
    ['an empty signature', { 'x-hub-signature-256': '' }],
    ['only the prefix', { 'x-hub-signature-256': 'sha256=' }],
    ['a truncated signature', { 'x-hub-signature-256': GOOD.slice(0, -2) }],
    ['a lengthened signature', { 'x-hub-signature-256': `${GOOD}00` }],
    ['a signature without its prefix', { 'x-hub-signature-256': GOOD.slice('sha256='.length) }],
    ['a signature under another name', { 'x-hub-signature': GOOD }],
    ['a signature that is not hex', { 'x-hub-signature-256': `sha256=${'z'.repeat(64)}` }],
    ["another account's signature", { 'x-hub-signature-256': signed('w2-secret', CLOUD_BODY) }],
    ['a signature of other bytes', { 'x-hub-signature-256': signed('w-secret-new', `${CLOUD_BODY} `) }],
    ['a signature with the access token', { 'x-hub-signature-256': signed('access-of-w', CLOUD_BODY) }],
    ['a signature with the verify token', { 'x-hub-signature-256': signed('w-verify', CLOUD_BODY) }],
    ['the secret itself', { 'x-hub-signature-256': 'w-secret-new', authorization: 'Bearer w-secret-new' }],
  ]),
  ...attempts('whatsapp-cloud', 'w-bare', [
    ['no credentials', {}],
    ['a signature with an empty secret', { 'x-hub-signature-256': signed('', CLOUD_BODY) }],
    ['a signature with the secret undefined', { 'x-hub-signature-256': signed('undefined', CLOUD_BODY) }],
  ]),
  ...attempts('z-api', 'nobody', [['valid credentials', { 'z-api-token': Z_TOKEN }]]),
  ...attempts('chatvolt', 'nobody', [['valid credentials', { authorization: 'Bearer c-secret-new' }]]),
  ...attempts('whatsapp-cloud', 'nobody', [['valid credentials', { 'x-hub-signature-256': GOOD }]]),
  ...attempts('z-api', '__proto__', [['a valid token', { 'z-api-token': Z_TOKEN }]]),
  ...attempts('z-api', 'w', [
    ['valid credentials of another provider', { 'z-api-token': Z_TOKEN, 'x-hub-signature-256': GOOD }],
  ]),
  ...attempts('chatvolt', 'z', [['valid credentials of another provider', { 'webhook-secret': 'z-secret-new' }]]),
  ...attempts('whatsapp-cloud', 'c', [
    ['valid credentials of another provider', { authorization: 'Bearer c-secret-new' }],
  ]),
];

/** Builds the callback of an attempt with its own message id. */
export function callbackOf({ provider, headers = {}, query = {}, body }: RequestAttempt, id: string): Callback {
  const press = body ?? (provider === 'whatsapp-cloud' ? CLOUD_BODY : PRESS_OF[provider](id));
  return { ...stranger(press, headers), query };
}

/** Verification requests, and whether the challenge is returned. */
export const VERIFICATIONS: [name: string, account: string, query: Record<string, string>, good: boolean][] = [
  [
    'with the challenge to the right token',
    'w',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'w-verify' },
    true,
  ],
  [
    'with a challenge of special characters',
    'w',
    { 'hub.mode': 'subscribe', 'hub.challenge': 'a b+c"<', 'hub.verify_token': 'w-verify' },
    true,
  ],
  ['403 to a wrong token', 'w', { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'wrong' }, false],
  [
    '403 to a truncated token',
    'w',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-verif' },
    false,
  ],
  ['403 to an empty token', 'w', { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': '' }, false],
  ['403 to a missing token', 'w', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }, false],
  ['403 to missing parameters', 'w', {}, false],
  [
    '403 to the app secret as the token',
    'w',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-secret-new' },
    false,
  ],
  [
    "403 to another account's token",
    'w',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w2-verify' },
    false,
  ],
  [
    '403 to another mode',
    'w',
    { 'hub.mode': 'unsubscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-verify' },
    false,
  ],
  [
    '403 to an empty token if none is configured',
    'w-bare',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': '' },
    false,
  ],
  [
    '403 to the token undefined if none is configured',
    'w-bare',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'undefined' },
    false,
  ],
  [
    '403 to an unknown account',
    'nobody',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-verify' },
    false,
  ],
  [
    '403 to an account of another provider',
    'z',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-verify' },
    false,
  ],
];
