import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { headerOf, matchesAnySecret, textIn } from '../../../lib/adapters/webhook-adapter.js';
import type { Account } from '../../../lib/config/accounts/account.js';
import { createAccount } from '../../../lib/config/accounts/create-account.js';
import { Secret } from '../../../lib/config/accounts/secret.js';
import type { WebhookRequest } from '../../../lib/events/webhook-request.interface.js';
import { PRESS_OF } from '../../integration/webhooks/fixtures.js';
import { ACCOUNTS } from '../../support/created-accounts.js';
import { webhookOf } from '../../support/webhook-adapters.js';
import { signed } from '../../support/webhook-requests.js';

const BODY = JSON.stringify(PRESS_OF['whatsapp-cloud']());
const GOOD = signed('w-secret-new', BODY);

function accountOf(name: string): Account {
  const options = ACCOUNTS.find((account) => account.name === name);
  if (!options) throw new Error(`There is no account ${name}.`);
  return createAccount(options);
}

/** Whether an account's provider lets a request in. */
function isLetIn(name: string, request: Partial<WebhookRequest>): boolean {
  const account = accountOf(name);
  return webhookOf(account).isAuthentic({ headers: {}, ...request }, account);
}

describe('A proof of origin', () => {
  it.each<[what: string, account: string, request: Partial<WebhookRequest>, letIn: boolean]>([
    ['a secret in the query', 'c', { query: { 'webhook-secret': 'c-secret-new' } }, true],
    ['a wrong secret in the query', 'c', { query: { 'webhook-secret': 'c2-secret' } }, false],
    ['a secret twice in the query', 'c', { query: { 'webhook-secret': ['c-secret-new', 'c-secret-new'] } }, false],
    ['a bearer in small letters', 'c', { headers: { authorization: 'bearer c-secret-new' } }, true],
    ['a bearer behind something else', 'c', { headers: { authorization: 'X Bearer c-secret-new' } }, false],
    ['a bearer with another line', 'c', { headers: { authorization: 'Bearer c-secret-new\nx' } }, false],
    ['a bearer in two headers', 'c', { headers: { authorization: ['Bearer c-secret-new'] } }, false],
    [
      'a bearer and a wrong secret',
      'c',
      { headers: { authorization: 'Bearer c-secret-new', 'webhook-secret': 'x' } },
      true,
    ],
    ['nothing', 'c', {}, false],
    ['a token in two headers', 'z', { headers: { 'z-api-token': ['token-of-z-5d2c'] } }, false],
    [
      'a wrong token and a good secret',
      'z',
      { headers: { 'z-api-token': 'x', 'webhook-secret': 'z-secret-old' } },
      true,
    ],
    ['nothing', 'z', {}, false],
    ['a signature', 'w', { headers: { 'x-hub-signature-256': GOOD }, rawBody: Buffer.from(BODY) }, true],
    [
      'a signature in capitals',
      'w',
      { headers: { 'x-hub-signature-256': GOOD.toUpperCase() }, rawBody: Buffer.from(BODY) },
      true,
    ],
    ['a signature of no body', 'w', { headers: { 'x-hub-signature-256': signed('w-secret-new', '') } }, true],
    ['a signature of another body', 'w', { headers: { 'x-hub-signature-256': GOOD } }, false],
    [
      'words before the signature',
      'w',
      { headers: { 'x-hub-signature-256': `x${GOOD}` }, rawBody: Buffer.from(BODY) },
      false,
    ],
    [
      'words behind the signature',
      'w',
      { headers: { 'x-hub-signature-256': `${GOOD}x` }, rawBody: Buffer.from(BODY) },
      false,
    ],
    ['nothing', 'w', { rawBody: Buffer.from(BODY) }, false],
    ["a provider's own proof", 'a', { headers: { 'x-acme': 'a-secret' } }, true],
    ["a wrong proof of a provider's own", 'a', { headers: { 'x-acme': 'x' } }, false],
    ['anything where a provider hears nothing', 'a-deaf', { headers: { 'x-acme': 'a-secret' } }, false],
  ])('%s (%s)', (_what, account, request, letIn) => expect(isLetIn(account, request)).toBe(letIn));

  it("is a signature of these very bytes and of the account's secret", () => {
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

  it('is nothing that somebody made up', () => {
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

/** What is said of a request that an account's provider does not let in. */
function faultOf(name: string, request: Partial<WebhookRequest>): string | undefined {
  const account = accountOf(name);
  const given = { headers: {}, ...request };
  const webhook = webhookOf(account);
  return given.method === 'GET'
    ? webhook.describeChallengeMismatch?.(given, account)
    : webhook.describeMismatch(given, account);
}

describe('A fault', () => {
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
    ['a', {}, 'isAuthentic of its provider did not let it in'],
    ['a-deaf', {}, 'its provider has no webhook'],
  ])('of %s: row %#', (account, request, fault) => expect(faultOf(account, request)).toBe(fault));
});

describe('A value', () => {
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
  ])('%p is one of the secrets: row %#', (value, secrets, known) =>
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
  ])('%j has at %j the text %p', (value, path, text) => expect(textIn(value, ...path)).toBe(text));

  it('is a header that came once', () => {
    expect(headerOf({ headers: { a: 'x' } }, 'a')).toBe('x');
    expect(headerOf({ headers: { a: ['x'] } }, 'a')).toBeUndefined();
    expect(headerOf({ headers: {} }, 'a')).toBeUndefined();
  });
});
