import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { textIn } from '../../../lib/adapters/json-fields.js';
import { headerOf, matchesAnySecret } from '../../../lib/adapters/webhook-adapter.js';
import type { Account } from '../../../lib/config/accounts/account.js';
import { createAccount } from '../../../lib/config/accounts/account-definitions.js';
import { Secret } from '../../../lib/config/accounts/secret.js';
import type { WebhookRequest } from '../../../lib/events/webhook-request.interface.js';
import type { AccountOptions } from '../../../lib/index.js';
import { PRESS_OF } from '../../integration/webhooks/fixtures.js';
import { ACCOUNTS } from '../../support/created-accounts.js';
import { webhookOf } from '../../support/webhook-adapters.js';
import { signed } from '../../support/webhook-requests.js';

const BODY = JSON.stringify(PRESS_OF['whatsapp-cloud']());
const GOOD = signed('w-secret-new', BODY);
const PLAIN = signed('platform-secret', BODY).slice('sha256='.length);

const DIALOG: AccountOptions = {
  provider: 'whatsapp-cloud',
  name: 'w-360dialog',
  phoneNumberId: '106540352242922',
  accessToken: 'key',
  appSecret: 'platform-secret',
  baseUrl: 'http://127.0.0.1:9',
  signatureHeader: 'X-360Dialog-Signature',
};

function accountOf(name: string): Account {
  const options = [...ACCOUNTS, DIALOG].find((account) => account.name === name);
  if (!options) throw new Error(`There is no account ${name}.`);
  return createAccount(options);
}

/** Tells whether a request is authenticated for an account. */
function isLetIn(name: string, request: Partial<WebhookRequest>): boolean {
  const account = accountOf(name);
  return webhookOf(account).isAuthentic({ headers: {}, ...request }, account);
}

describe('Webhook adapter: isAuthentic', () => {
  it.each<[what: string, account: string, request: Partial<WebhookRequest>, letIn: boolean]>([
    ['accepts a secret in the query', 'c', { query: { 'webhook-secret': 'c-secret-new' } }, true],
    ['rejects a wrong secret in the query', 'c', { query: { 'webhook-secret': 'c2-secret' } }, false],
    [
      'rejects a secret given twice in the query',
      'c',
      { query: { 'webhook-secret': ['c-secret-new', 'c-secret-new'] } },
      false,
    ],
    ['accepts a lowercase bearer scheme', 'c', { headers: { authorization: 'bearer c-secret-new' } }, true],
    ['rejects a bearer token after other text', 'c', { headers: { authorization: 'X Bearer c-secret-new' } }, false],
    [
      'rejects a bearer token followed by another line',
      'c',
      { headers: { authorization: 'Bearer c-secret-new\nx' } },
      false,
    ],
    [
      'rejects a bearer token in a repeated header',
      'c',
      { headers: { authorization: ['Bearer c-secret-new'] } },
      false,
    ],
    [
      'accepts a valid bearer token with a wrong secret',
      'c',
      { headers: { authorization: 'Bearer c-secret-new', 'webhook-secret': 'x' } },
      true,
    ],
    ['rejects a request without credentials', 'c', {}, false],
    ['rejects a token in a repeated header', 'z', { headers: { 'z-api-token': ['token-of-z-5d2c'] } }, false],
    [
      'accepts a valid secret with a wrong token',
      'z',
      { headers: { 'z-api-token': 'x', 'webhook-secret': 'z-secret-old' } },
      true,
    ],
    ['rejects a request without credentials', 'z', {}, false],
    ['accepts a signature', 'w', { headers: { 'x-hub-signature-256': GOOD }, rawBody: Buffer.from(BODY) }, true],
    [
      'accepts an uppercase signature',
      'w',
      { headers: { 'x-hub-signature-256': GOOD.toUpperCase() }, rawBody: Buffer.from(BODY) },
      true,
    ],
    [
      'accepts the signature of an empty body',
      'w',
      { headers: { 'x-hub-signature-256': signed('w-secret-new', '') } },
      true,
    ],
    ['rejects the signature of another body', 'w', { headers: { 'x-hub-signature-256': GOOD } }, false],
    [
      'rejects a signature after other text',
      'w',
      { headers: { 'x-hub-signature-256': `x${GOOD}` }, rawBody: Buffer.from(BODY) },
      false,
    ],
    [
      'rejects a signature before other text',
      'w',
      { headers: { 'x-hub-signature-256': `${GOOD}x` }, rawBody: Buffer.from(BODY) },
      false,
    ],
    ['rejects a request without credentials', 'w', { rawBody: Buffer.from(BODY) }, false],
    [
      'accepts a signature without prefix in the header of another provider',
      'w-360dialog',
      { headers: { 'x-360dialog-signature': PLAIN }, rawBody: Buffer.from(BODY) },
      true,
    ],
    [
      'accepts a signature with prefix in the header of another provider',
      'w-360dialog',
      { headers: { 'x-360dialog-signature': `sha256=${PLAIN}` }, rawBody: Buffer.from(BODY) },
      true,
    ],
    [
      'rejects a wrong signature in the header of another provider',
      'w-360dialog',
      { headers: { 'x-360dialog-signature': PLAIN }, rawBody: Buffer.from(`${BODY} `) },
      false,
    ],
    [
      "rejects a signature in Meta's header when another one is configured",
      'w-360dialog',
      { headers: { 'x-hub-signature-256': `sha256=${PLAIN}` }, rawBody: Buffer.from(BODY) },
      false,
    ],
    ['accepts the credential of a custom provider', 'a', { headers: { 'x-acme': 'a-secret' } }, true],
    ['rejects a wrong credential of a custom provider', 'a', { headers: { 'x-acme': 'x' } }, false],
    [
      'rejects any request when a custom provider has no webhook',
      'a-deaf',
      { headers: { 'x-acme': 'a-secret' } },
      false,
    ],
  ])('%s (account %s)', (_what, account, request, letIn) => expect(isLetIn(account, request)).toBe(letIn));

  it('accepts only a signature of exactly these bytes by one of the account’s secrets', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string(), fc.nat(), (bytes, secret, at) => {
        const rawBody = Buffer.from(bytes);
        const good = { headers: { 'x-hub-signature-256': signed('w-secret-old', rawBody) } };
        expect(isLetIn('w', { ...good, rawBody })).toBe(true);
        expect(isLetIn('w', { ...good, rawBody: Buffer.concat([rawBody, Buffer.from([0])]) })).toBe(false);
        if (bytes.length > 0) {
          const changed = Buffer.from(rawBody);
          changed.writeUInt8((changed.readUInt8(at % changed.length) + 1) % 256, at % changed.length);
          expect(isLetIn('w', { ...good, rawBody: changed })).toBe(false);
        }
        expect(isLetIn('w', { headers: { 'x-hub-signature-256': signed(secret, rawBody) }, rawBody })).toBe(
          ['w-secret-old', 'w-secret-new'].includes(secret),
        );
      }),
    );
  });

  it('rejects arbitrary credentials', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('z', 'c', 'w', 'z-bare', 'c-bare', 'w-bare', 'a-deaf'),
        fc.string(),
        (account, text) => {
          const headers = {
            'z-api-token': text,
            'webhook-secret': text,
            authorization: `Bearer ${text}`,
            'x-hub-signature-256': text,
            'x-acme': text,
          };
          expect(isLetIn(account, { headers, query: { 'webhook-secret': text } })).toBe(false);
        },
      ),
    );
  });
});

/** Returns why a request is not authenticated for an account. */
function faultOf(name: string, request: Partial<WebhookRequest>): string | undefined {
  const account = accountOf(name);
  const given = { headers: {}, ...request };
  const webhook = webhookOf(account);
  return given.method === 'GET'
    ? webhook.describeChallengeMismatch?.(given, account)
    : webhook.describeMismatch(given, account);
}

describe('Webhook adapter: describeMismatch', () => {
  const wrong = { headers: { 'webhook-secret': 'x' } };
  const question = (query: Record<string, string>) => ({ method: 'GET', query });

  it.each<[account: string, request: Partial<WebhookRequest>, fault: string]>([
    ['z', {}, 'z-api-token is missing'],
    ['z', { headers: { 'z-api-token': 'x' } }, 'z-api-token does not match'],
    ['z', wrong, 'webhook-secret does not match'],
    ['z', { query: { 'webhook-secret': 'x' } }, 'webhook-secret does not match'],
    ['z', { query: { 'webhook-secret': '' } }, 'webhook-secret is missing'],
    ['z', { headers: { ...wrong.headers, 'z-api-token': 'x' } }, 'z-api-token does not match'],
    ['z-bare', wrong, 'the account has no webhookSecret'],
    ['c', {}, 'Authorization: Bearer, or webhook-secret, is missing'],
    ['c', { headers: { authorization: 'Basic x' } }, 'Authorization: Bearer, or webhook-secret, is missing'],
    ['c', { headers: { authorization: 'Bearer x' } }, 'Authorization: Bearer, or webhook-secret, does not match'],
    ['c', wrong, 'Authorization: Bearer, or webhook-secret, does not match'],
    ['c', { query: { 'webhook-secret': 'x' } }, 'Authorization: Bearer, or webhook-secret, does not match'],
    ['c-bare', wrong, 'the account has no webhookSecret'],
    ['w', {}, 'X-Hub-Signature-256 is missing'],
    ['w', { headers: { 'x-hub-signature-256': GOOD } }, 'X-Hub-Signature-256 does not match'],
    ['w-bare', { headers: { 'x-hub-signature-256': GOOD } }, 'the account has no appSecret'],
    ['w', { method: 'GET' }, 'hub.verify_token is missing'],
    ['w', question({ 'hub.verify_token': 'x' }), 'hub.verify_token does not match'],
    ['w', question({ 'hub.verify_token': 'w-verify' }), 'hub.mode is not subscribe, or hub.challenge is missing'],
    ['w-bare', question({ 'hub.verify_token': 'x' }), 'the account has no verifyToken'],
    ['a', {}, 'isAuthentic of its provider returned false'],
    ['a-deaf', {}, 'its provider has no webhook'],
  ])('describes the mismatch for account %s (row %#)', (account, request, fault) =>
    expect(faultOf(account, request)).toBe(fault),
  );
});

describe('matchesAnySecret, textIn and headerOf', () => {
  const SECRETS = [new Secret('one'), new Secret('two')];

  it.each<[value: unknown, secrets: Secret[], known: boolean]>([
    ['one', SECRETS, true],
    ['two', SECRETS, true],
    ['three', SECRETS, false],
    ['one', [], false],
    ['', SECRETS, false],
    ['', [new Secret('')], false],
    [undefined, [new Secret('')], false],
    [undefined, [new Secret('undefined')], false],
    [['one'], SECRETS, false],
    [1, [new Secret('1')], false],
  ])('matchesAnySecret(%p) compares with every secret (row %#)', (value, secrets, known) =>
    expect(matchesAnySecret(value, secrets)).toBe(known),
  );

  it.each<[value: unknown, path: string[], text: string | undefined]>([
    [{ a: { b: 'x' } }, ['a', 'b'], 'x'],
    [{ a: '' }, ['a'], undefined],
    [{ a: 5 }, ['a'], undefined],
    [{ a: 'x' }, ['a', 'length'], undefined],
    [{ a: ['x'] }, ['a', '0'], undefined],
    [null, ['a'], undefined],
    ['x', [], 'x'],
  ])('textIn(%j) reads at %j the text %p', (value, path, text) => expect(textIn(value, ...path)).toBe(text));

  it('headerOf returns only a header that is given once', () => {
    expect(headerOf({ headers: { a: 'x' } }, 'a')).toBe('x');
    expect(headerOf({ headers: { a: ['x'] } }, 'a')).toBeUndefined();
    expect(headerOf({ headers: {} }, 'a')).toBeUndefined();
  });
});

describe('Webhook adapter of an account with its own signature header', () => {
  const account = accountOf('w-360dialog');
  const webhook = webhookOf(account);

  it.each([
    ['needs the body', { 'x-360dialog-signature': PLAIN }, undefined],
    ['rejects a request with only the header of Meta', { 'x-hub-signature-256': GOOD }, false],
    ['rejects a malformed signature', { 'x-360dialog-signature': 'x' }, false],
  ])('%s before the body is read', (_what, headers, expected) =>
    expect(webhook.verifyHead?.({ headers }, account)).toBe(expected),
  );

  it.each([
    [{}, 'X-360Dialog-Signature is missing'],
    [{ 'x-360dialog-signature': PLAIN }, 'X-360Dialog-Signature does not match'],
  ])('names the header in the reason for %j', (headers, reason) =>
    expect(webhook.describeMismatch({ headers }, account)).toBe(reason),
  );
});
