import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import fc from 'fast-check';
import { sealAccount } from '../../lib/config/seal-account.js';
import { Secret } from '../../lib/config/secret.js';
import {
  type AccountOptions,
  ButtonMessagingEvents,
  ButtonMessagingModule,
  ButtonMessagingWebhooks,
  type CustomProvider,
  type MessagingEvent,
  type WebhookRequest,
} from '../../lib/index.js';
import { headerOf, isOneOf, textIn } from '../../lib/providers/webhook-provider.js';
import { webhookProviderOf } from '../../lib/webhooks/webhook-providers.js';
import { callback, signed, stranger, webhookAccounts } from '../harness/webhook-requests.js';
import { BAD_ATTEMPTS, callbackOf, GOOD_ATTEMPTS, VERIFICATIONS } from '../webhook-acceptance/credentials.js';
import { PRESS_OF, zText } from '../webhook-acceptance/fixtures.js';

const BODY = JSON.stringify(PRESS_OF['whatsapp-cloud']());
const GOOD = signed('w-secret-new', BODY);

/** A provider that knows its own by a header. */
function acme(webhook?: CustomProvider['webhook']): AccountOptions {
  const provider: CustomProvider = {
    name: 'acme',
    map: () => ({ reasons: ['It carries nothing'] }),
    send: () => Promise.resolve({}),
    ...(webhook && { webhook }),
  };
  return { provider, name: webhook ? 'a' : 'a-deaf' };
}

const ACME = acme({
  isAuthentic: ({ headers }) => headers['x-acme'] === 'a-secret',
  parse: () => [{ kind: 'connection', connected: true, at: new Date(0), raw: {} }],
});
const ACCOUNTS: AccountOptions[] = [...webhookAccounts(), ACME, acme()];

/** Whether an account's provider lets a request in. */
function isLetIn(name: string, request: Partial<WebhookRequest>): boolean {
  const options = ACCOUNTS.find((account) => account.name === name);
  if (!options) throw new Error(`There is no account ${name}.`);
  const account = sealAccount(options);
  return webhookProviderOf(account).isAuthentic({ headers: {}, ...request }, account);
}

describe('A proof of origin', () => {
  it.each<[what: string, account: string, request: Partial<WebhookRequest>, letIn: boolean]>([
    ['a secret in the query', 'c', { query: { 'webhook-secret': 'c-secret-new' } }, true],
    ['a wrong secret in the query', 'c', { query: { 'webhook-secret': 'c2-secret' } }, false],
    ['a secret twice in the query', 'c', { query: { 'webhook-secret': ['c-secret-new', 'c-secret-new'] } }, false],
    ['a bearer in small letters', 'c', { headers: { authorization: 'bearer c-secret-new' } }, true],
    ['a bearer behind something else', 'c', { headers: { authorization: 'X Bearer c-secret-new' } }, false],
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
  ])('%p is one of the secrets: row %#', (value, secrets, known) => expect(isOneOf(value, secrets)).toBe(known));

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

describe('ButtonMessagingWebhooks', () => {
  let module: TestingModule;
  let webhooks: ButtonMessagingWebhooks;
  const heard: MessagingEvent[] = [];

  beforeAll(async () => {
    const registration = ButtonMessagingModule.forRoot({
      accounts: ACCOUNTS,
      logger: false,
      resolveAccount: (name) => {
        if (name === 'broken') throw new RangeError('The database is away');
        return undefined;
      },
    });
    module = await Test.createTestingModule({ imports: [registration] }).compile();
    await module.init();
    webhooks = module.get(ButtonMessagingWebhooks);
    module.get(ButtonMessagingEvents).events$.subscribe((event) => void heard.push(event));
  });
  beforeEach(() => void heard.splice(0));
  afterAll(() => module.close());

  it.each(GOOD_ATTEMPTS)('lets in $name', async (attempt) => {
    const { provider, account, name } = attempt;
    expect(await webhooks.handle(provider, account, callbackOf(attempt, name))).toEqual({ status: 200 });
  });

  it.each(BAD_ATTEMPTS)('keeps out $name', async (attempt) => {
    const { provider, account, name } = attempt;
    expect(await webhooks.handle(provider, account, callbackOf(attempt, name))).toEqual({ status: 401 });
  });

  it.each(VERIFICATIONS)('answers the question of an address: %s', async (_name, account, query, good) => {
    const answer = await webhooks.handle('whatsapp-cloud', account, { method: 'get', headers: {}, query });
    expect(answer).toEqual(good ? { status: 200, body: query['hub.challenge'] } : { status: 403 });
  });

  it.each<[what: string, provider: string, account: string, query: WebhookRequest['query']]>([
    ['without a query', 'whatsapp-cloud', 'w', undefined],
    ['without a challenge', 'whatsapp-cloud', 'w', { 'hub.mode': 'subscribe', 'hub.verify_token': 'w-verify' }],
    ['to a provider that asks none', 'z-api', 'z', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
  ])('refuses the question of an address %s', async (_what, provider, account, query) => {
    const request = { method: 'GET', headers: {}, ...(query && { query }) };
    expect(await webhooks.handle(provider, account, request)).toEqual({ status: 403 });
  });

  it.each([
    ['teleport', 404],
    ['constructor', 404],
    ['__proto__', 404],
    ['', 404],
    ['chatvolt', 401],
  ])('answers for the provider %j of another %i', async (provider, status) => {
    expect(await webhooks.handle(provider, 'z', callback('z', zText('Hi')))).toEqual({ status });
  });

  it.each(['PUT', 'delete', 'HEAD', ''])('takes no %j', async (method) => {
    const request = { ...callback('z', zText('Hi')), method };
    expect(await webhooks.handle('z-api', 'z', request)).toEqual({ status: 405 });
  });

  it.each(['POST', 'post', undefined])('takes %j, and hands on what is in it', async (method) => {
    const body = zText('Hi', { messageId: `method ${method}` });
    const { method: _post, ...request } = callback('z', body);
    expect(await webhooks.handle('z-api', 'z', { ...request, ...(method && { method }) })).toEqual({ status: 200 });
    await new Promise(setImmediate);
    expect(heard).toEqual([expect.objectContaining({ kind: 'text-message', text: 'Hi', account: 'z', raw: body })]);
  });

  it("hands on a provider's own events under its account", async () => {
    const request = stranger({}, { 'x-acme': 'a-secret' });
    expect(await webhooks.handle('custom', 'a', request)).toEqual({ status: 200 });
    await new Promise(setImmediate);
    expect(heard).toEqual([
      { kind: 'connection', connected: true, at: new Date(0), raw: {}, provider: 'custom:acme', account: 'a' },
    ]);
  });

  it.each(['not json', '', '{"type":'])('answers %j 400, and hands on nothing', async (body) => {
    expect(await webhooks.handle('z-api', 'z', callback('z', body))).toEqual({ status: 400 });
    expect(await webhooks.handle('z-api', 'z', stranger(body))).toEqual({ status: 401 });
    expect(heard).toEqual([]);
  });

  it('reads what is packed, and what begins with a byte order mark', async () => {
    const { headers, ...request } = callback('z', `\ufeff${JSON.stringify(zText('Hi', { messageId: 'packed' }))}`);
    const packed = {
      ...request,
      headers: { ...headers, 'content-encoding': 'gzip' },
      rawBody: gzipSync(request.rawBody),
    };
    expect(await webhooks.handle('z-api', 'z', packed)).toEqual({ status: 200 });
    await new Promise(setImmediate);
    expect(heard).toHaveLength(1);
    expect(await webhooks.handle('z-api', 'z', { ...packed, rawBody: request.rawBody })).toEqual({ status: 400 });
  });

  it('knows a body of several numbers by the number', async () => {
    const [first, second] = ['w', 'w2'].map((account) => callback(account, BODY));
    for (const [account, request] of [
      ['w', first],
      ['w2', second],
    ] as const) {
      if (!request) throw new Error('There is no request.');
      expect(await webhooks.handle('whatsapp-cloud', account, request)).toEqual({ status: 200 });
    }
    await new Promise(setImmediate);
    expect(heard.map(({ account }) => account)).toEqual(['w', 'w2']);
  });

  it('passes on what goes wrong in the search for an account', async () => {
    await expect(webhooks.handle('z-api', 'broken', stranger({}))).rejects.toThrow(RangeError);
  });
});
