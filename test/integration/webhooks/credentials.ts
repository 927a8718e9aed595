import type { ProviderName } from '../../../lib/index.js';
import { type Callback, credentials, signed, stranger } from '../../support/webhook-requests.js';
import { PRESS_OF } from './fixtures.js';

/** What somebody brings to an account's address. */
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
    name: `${provider}, ${account}: ${name}`,
    provider,
    account,
    headers,
    ...(query && { query }),
  }));

const CLOUD_BODY = JSON.stringify(PRESS_OF['whatsapp-cloud']('wamid.CREDENTIALS'));
const GOOD = signed('w-secret-new', CLOUD_BODY);
const Z_TOKEN = credentials('z', '')['z-api-token'] ?? '';

/** Every way in. */
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
    ['signed with the new secret', { 'x-hub-signature-256': GOOD }],
    ['signed with the old secret', { 'x-hub-signature-256': signed('w-secret-old', CLOUD_BODY) }],
  ]),
];

/** What must not get in. */
export const BAD_ATTEMPTS: RequestAttempt[] = [
  ...attempts('z-api', 'z', [
    ['nothing', {}],
    ['an empty token', { 'z-api-token': '' }],
    ['a wrong token', { 'z-api-token': 'token-of-nobody-here' }],
    ['a truncated token', { 'z-api-token': Z_TOKEN.slice(0, -1) }],
    ['a lengthened token', { 'z-api-token': `${Z_TOKEN}0` }],
    ['a token in another case', { 'z-api-token': Z_TOKEN.toUpperCase() }],
    ["another account's token", credentials('z2', '')],
    ["another account's secret", {}, { 'webhook-secret': 'z2-secret' }],
    ["another provider's secret", { 'webhook-secret': 'c-secret-new' }],
    ['the client token', { 'z-api-token': 'client-token-of-z' }],
    ['the instance', { 'z-api-token': 'INSTANCE-z' }],
    ['the secret as a token', { 'z-api-token': 'z-secret-new' }],
    ['an empty secret in the query', {}, { 'webhook-secret': '' }],
    ['a truncated secret in the query', {}, { 'webhook-secret': 'z-secret-ne' }],
    ['an empty secret as a header', { 'webhook-secret': '' }],
    ['a truncated secret as a header', { 'webhook-secret': 'z-secret-ne' }],
    ['both secrets as one', { 'webhook-secret': 'z-secret-old,z-secret-new' }],
    ['a signature', { 'x-hub-signature-256': GOOD }],
  ]),
  ...attempts('z-api', 'z-bare', [
    ['an empty secret', { 'webhook-secret': '' }, { 'webhook-secret': '' }],
    ['the word undefined', { 'webhook-secret': 'undefined' }, { 'webhook-secret': 'undefined' }],
    ["another account's secret", { 'webhook-secret': 'z-secret-new' }],
  ]),
  ...attempts('chatvolt', 'c', [
    ['nothing', {}],
    ['an empty bearer', { authorization: 'Bearer ' }],
    ['no bearer', { authorization: '' }],
    ['a wrong bearer', { authorization: 'Bearer wrong' }],
    ['a truncated bearer', { authorization: 'Bearer c-secret-ne' }],
    ['a lengthened bearer', { authorization: 'Bearer c-secret-new1' }],
    ["another account's bearer", { authorization: 'Bearer c2-secret' }],
    ["another provider's bearer", { authorization: 'Bearer z-secret-new' }],
    ['the key of the API', { authorization: 'Bearer key-of-c' }],
    ['another scheme', { authorization: 'Basic c-secret-new' }],
    ['a wrong secret', { 'webhook-secret': 'wrong' }],
    ['an empty secret', { 'webhook-secret': '' }],
    ["another account's secret", { 'webhook-secret': 'c2-secret' }],
  ]),
  ...attempts('chatvolt', 'c-bare', [
    ['nothing', {}],
    ['an empty bearer', { authorization: 'Bearer ' }],
    ['the word undefined', { authorization: 'Bearer undefined', 'webhook-secret': 'undefined' }],
    ['an empty secret', { 'webhook-secret': '' }],
    ['the key of the API', { authorization: 'Bearer key-of-c-bare' }],
  ]),
  ...attempts('whatsapp-cloud', 'w', [
    ['nothing', {}],
    ['an empty signature', { 'x-hub-signature-256': '' }],
    ['only the prefix', { 'x-hub-signature-256': 'sha256=' }],
    ['a truncated signature', { 'x-hub-signature-256': GOOD.slice(0, -2) }],
    ['a lengthened signature', { 'x-hub-signature-256': `${GOOD}00` }],
    ['a signature without its prefix', { 'x-hub-signature-256': GOOD.slice('sha256='.length) }],
    ['a signature under another name', { 'x-hub-signature': GOOD }],
    ['what is not hex', { 'x-hub-signature-256': `sha256=${'z'.repeat(64)}` }],
    ["another account's signature", { 'x-hub-signature-256': signed('w2-secret', CLOUD_BODY) }],
    ['a signature of other bytes', { 'x-hub-signature-256': signed('w-secret-new', `${CLOUD_BODY} `) }],
    ['a signature by the access token', { 'x-hub-signature-256': signed('access-of-w', CLOUD_BODY) }],
    ['a signature by the verify token', { 'x-hub-signature-256': signed('w-verify', CLOUD_BODY) }],
    ['the secret itself', { 'x-hub-signature-256': 'w-secret-new', authorization: 'Bearer w-secret-new' }],
  ]),
  ...attempts('whatsapp-cloud', 'w-bare', [
    ['nothing', {}],
    ['a signature by an empty secret', { 'x-hub-signature-256': signed('', CLOUD_BODY) }],
    ['a signature by the word undefined', { 'x-hub-signature-256': signed('undefined', CLOUD_BODY) }],
  ]),
  ...attempts('z-api', 'nobody', [['an unknown account', { 'z-api-token': Z_TOKEN }]]),
  ...attempts('chatvolt', 'nobody', [['an unknown account', { authorization: 'Bearer c-secret-new' }]]),
  ...attempts('whatsapp-cloud', 'nobody', [['an unknown account', { 'x-hub-signature-256': GOOD }]]),
  ...attempts('z-api', '__proto__', [['no account at all', { 'z-api-token': Z_TOKEN }]]),
  ...attempts('z-api', 'w', [["another provider's account", { 'z-api-token': Z_TOKEN, 'x-hub-signature-256': GOOD }]]),
  ...attempts('chatvolt', 'z', [["another provider's account", { 'webhook-secret': 'z-secret-new' }]]),
  ...attempts('whatsapp-cloud', 'c', [["another provider's account", { authorization: 'Bearer c-secret-new' }]]),
];

/** The callback of an attempt, each with an id of its own. */
export function callbackOf({ provider, headers = {}, query = {}, body }: RequestAttempt, id: string): Callback {
  const press = body ?? (provider === 'whatsapp-cloud' ? CLOUD_BODY : PRESS_OF[provider](id));
  return { ...stranger(press, headers), query };
}

/** Questions of the verification, with their answers: a challenge, or nothing. */
export const VERIFICATIONS: [name: string, account: string, query: Record<string, string>, good: boolean][] = [
  [
    'the right token',
    'w',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'w-verify' },
    true,
  ],
  [
    'a challenge of other characters',
    'w',
    { 'hub.mode': 'subscribe', 'hub.challenge': 'a b+c"<', 'hub.verify_token': 'w-verify' },
    true,
  ],
  ['a wrong token', 'w', { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'wrong' }, false],
  ['a truncated token', 'w', { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-verif' }, false],
  ['an empty token', 'w', { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': '' }, false],
  ['no token', 'w', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }, false],
  ['nothing', 'w', {}, false],
  ['the app secret', 'w', { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-secret-new' }, false],
  [
    "another account's token",
    'w',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w2-verify' },
    false,
  ],
  ['another mode', 'w', { 'hub.mode': 'unsubscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-verify' }, false],
  [
    'an empty token where none is set',
    'w-bare',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': '' },
    false,
  ],
  [
    'the word undefined where none is set',
    'w-bare',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'undefined' },
    false,
  ],
  [
    'an unknown account',
    'nobody',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-verify' },
    false,
  ],
  [
    "another provider's account",
    'z',
    { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'w-verify' },
    false,
  ],
];
