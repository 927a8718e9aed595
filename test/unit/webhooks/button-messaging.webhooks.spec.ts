import 'reflect-metadata';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { ProviderRegistry } from '../../../lib/adapters/provider.registry.js';
import type { AccountOptions } from '../../../lib/config/accounts/account-options.interface.js';
import { ButtonMessagingConfig } from '../../../lib/config/button-messaging.config.js';
import type { ParsedEvent } from '../../../lib/events/messaging-event.interface.js';
import type { WebhookRequest } from '../../../lib/events/webhook-request.interface.js';
import { DtoValidator } from '../../../lib/validation/dto-validator.js';
import { ButtonMessagingWebhooks } from '../../../lib/webhooks/button-messaging.webhooks.js';
import { EventDispatcher } from '../../../lib/webhooks/event.dispatcher.js';
import { HandlerWait } from '../../../lib/webhooks/handlers/handler-wait.js';
import { type RejectedWebhook, RejectedWebhookLogger } from '../../../lib/webhooks/rejected-webhook.logger.js';
import { BAD_ATTEMPTS, callbackOf, GOOD_ATTEMPTS, VERIFICATIONS } from '../../integration/webhooks/credentials.js';
import { meta, metaText, zText } from '../../integration/webhooks/fixtures.js';
import { ACCOUNTS } from '../../support/created-accounts.js';
import { webhookRegistry } from '../../support/webhook-adapters.js';
import { callback, stranger } from '../../support/webhook-requests.js';

interface Parts {
  dispatcher?: Pick<EventDispatcher, 'dispatch' | 'whenIdle'>;
  wait?: Pick<HandlerWait, 'until'>;
}

describe('ButtonMessagingWebhooks', () => {
  const heard: ParsedEvent[] = [];
  const told: RejectedWebhook[] = [];
  let webhooks: ButtonMessagingWebhooks;

  const webhooksOf = async (config: ButtonMessagingConfig, parts: Parts = {}) => {
    const {
      dispatcher = { dispatch: async (events) => void heard.push(...events), whenIdle: async () => {} },
      wait = { until: async () => {} },
    } = parts;
    const module = await Test.createTestingModule({
      providers: [
        ButtonMessagingWebhooks,
        { provide: ButtonMessagingConfig, useValue: config },
        { provide: ProviderRegistry, useValue: webhookRegistry },
        { provide: EventDispatcher, useValue: dispatcher },
        { provide: RejectedWebhookLogger, useValue: { log: (rejected: RejectedWebhook) => void told.push(rejected) } },
        { provide: HandlerWait, useValue: wait },
      ],
    }).compile();
    return module.get(ButtonMessagingWebhooks);
  };

  beforeEach(async () => {
    heard.length = 0;
    told.length = 0;
    const resolveAccount = (name: string) => {
      if (name === 'broken') throw new RangeError('The database is away');
      return undefined;
    };
    const config = new ButtonMessagingConfig({ accounts: ACCOUNTS, resolveAccount }, new DtoValidator());
    webhooks = await webhooksOf(config);
  });

  it('responds after the handlers have ended when it is configured to wait', async () => {
    const order: string[] = [];
    const handled = new Promise<void>((resolve) => {
      setImmediate(() => {
        order.push('handled');
        resolve();
      });
    });
    const config = new ButtonMessagingConfig({ accounts: ACCOUNTS }, new DtoValidator());
    const waiting = await webhooksOf(config, {
      dispatcher: { dispatch: () => handled, whenIdle: () => handled.then(() => void order.push('idle')) },
      wait: {
        until: async (work, { name }) => {
          await work;
          order.push(`waited for ${name}`);
        },
      },
    });
    await expect(waiting.handle('z-api', 'z', callback('z', zText('hello')))).resolves.toEqual({ status: 200 });
    await waiting.idle();
    expect(order).toEqual(['handled', 'waited for z', 'idle']);
  });

  it.each(GOOD_ATTEMPTS)('authenticates $name', async (attempt) => {
    const { provider, account, name } = attempt;
    expect(await webhooks.handle(provider, account, callbackOf(attempt, name))).toEqual({ status: 200 });
    expect(told).toEqual([]);
  });

  it.each(BAD_ATTEMPTS)('rejects $name with 401', async (attempt) => {
    const { provider, account, name } = attempt;
    expect(await webhooks.handle(provider, account, callbackOf(attempt, name))).toEqual({ status: 401 });
    const known = ACCOUNTS.find((given) => given.name === account && given.provider === provider);
    expect(told).toMatchObject([{ what: 'webhook', provider, account: known?.name }]);
  });

  it.each(VERIFICATIONS)('responds to the webhook verification request: %s', async (_name, account, query, good) => {
    const answer = await webhooks.handle('whatsapp-cloud', account, { method: 'get', headers: {}, query });
    expect(answer).toEqual(good ? { status: 200, body: query['hub.challenge'] } : { status: 403 });
    expect(told.map(({ what }) => what)).toEqual(good ? [] : ['verification']);
  });

  it.each<[what: string, provider: string, account: string, query: WebhookRequest['query'], reason: string]>([
    ['without a query', 'whatsapp-cloud', 'w', undefined, 'hub.verify_token is missing'],
    [
      'without a challenge',
      'whatsapp-cloud',
      'w',
      { 'hub.mode': 'subscribe', 'hub.verify_token': 'w-verify' },
      'hub.mode is not subscribe, or hub.challenge is missing',
    ],
    [
      'for a provider without verification',
      'z-api',
      'z',
      { 'hub.mode': 'subscribe', 'hub.challenge': '1' },
      'this provider does not verify webhook URLs',
    ],
  ])('rejects a webhook verification request %s with 403', async (_what, provider, account, query, reason) => {
    const request = { method: 'GET', headers: {}, ...(query && { query }) };
    expect(await webhooks.handle(provider, account, request)).toEqual({ status: 403 });
    expect(told).toEqual([{ what: 'verification', provider, account, reason }]);
  });

  it.each([
    ['GET', 403],
    ['POST', 401],
  ])('logs a %s for an unknown account and responds with %i', async (method, status) => {
    expect(await webhooks.handle('z-api', 'nobody', { ...stranger({}), method })).toEqual({ status });
    expect(told.map(({ account, reason }) => [account, reason])).toEqual([
      [undefined, 'this provider has no account with that name'],
    ]);
  });

  it.each([
    ['teleport', 404],
    ['constructor', 404],
    ['__proto__', 404],
    ['', 404],
    ['chatvolt', 401],
  ])('responds for provider %j with %i to a webhook of another', async (provider, status) => {
    expect(await webhooks.handle(provider, 'z', callback('z', zText('Hi')))).toEqual({ status });
  });

  it.each(['PUT', 'delete', 'HEAD', ''])('rejects method %j with 405', async (method) => {
    const request = { ...callback('z', zText('Hi')), method };
    expect(await webhooks.handle('z-api', 'z', request)).toEqual({ status: 405 });
  });

  it.each(['POST', 'post', undefined])('accepts method %j and dispatches the events', async (method) => {
    const body = zText('Hi', { messageId: `method ${method}` });
    const { method: _post, ...request } = callback('z', body);
    expect(await webhooks.handle('z-api', 'z', { ...request, ...(method && { method }) })).toEqual({ status: 200 });
    expect(heard).toEqual([expect.objectContaining({ kind: 'text-message', text: 'Hi', account: 'z', raw: body })]);
  });

  it('dispatches the events of a custom provider under its account', async () => {
    const request = stranger({}, { 'x-acme': 'a-secret' });
    expect(await webhooks.handle('custom', 'a', request)).toEqual({ status: 200 });
    expect(heard).toEqual([
      { kind: 'connection', connected: true, at: new Date(0), raw: {}, provider: 'custom:acme', account: 'a' },
    ]);
  });

  it.each(['not json', '', '{"type":'])('rejects body %j with 400 and dispatches nothing', async (body) => {
    expect(await webhooks.handle('z-api', 'z', callback('z', body))).toEqual({ status: 400 });
    expect(await webhooks.handle('z-api', 'z', stranger(body))).toEqual({ status: 401 });
    expect(heard).toEqual([]);
  });

  it('accepts a compressed body and a byte order mark', async () => {
    const { headers, ...request } = callback('z', `\ufeff${JSON.stringify(zText('Hi', { messageId: 'packed' }))}`);
    const packed = {
      ...request,
      headers: { ...headers, 'content-encoding': 'gzip' },
      rawBody: gzipSync(request.rawBody),
    };
    expect(await webhooks.handle('z-api', 'z', packed)).toEqual({ status: 200 });
    expect(heard).toHaveLength(1);
    expect(await webhooks.handle('z-api', 'z', { ...packed, rawBody: request.rawBody })).toEqual({ status: 400 });
  });

  it('rejects a body over 3 MiB when decompressed with 413 and dispatches nothing', async () => {
    const { headers, ...request } = callback('z', JSON.stringify(zText('x'.repeat(3 * 1_024 * 1_024))));
    const packed = {
      ...request,
      headers: { ...headers, 'content-encoding': 'gzip' },
      rawBody: gzipSync(request.rawBody),
    };
    expect((await webhooks.handle('z-api', 'z', packed)).status).toBe(413);
    expect(heard).toEqual([]);
    expect(told).toMatchObject([{ what: 'webhook', provider: 'z-api', account: 'z' }]);
  });

  it('assigns a body of another number to the account with the same app secret', async () => {
    const [w, ...others] = ACCOUNTS.filter(({ name }) => name === 'w');
    if (w?.provider !== 'whatsapp-cloud' || others.length > 0) throw new Error('There is no account w.');
    const accounts: AccountOptions[] = [{ ...w, name: 'first', phoneNumberId: '1' }, w];
    const config = new ButtonMessagingConfig({ accounts }, new DtoValidator());
    const both = await webhooksOf(config);
    const body = meta([metaText('Hi')]);
    expect(await both.handle('whatsapp-cloud', 'first', callback('w', body))).toEqual({ status: 200 });
    expect(heard.map(({ account }) => account)).toEqual(['w']);
  });

  it('assigns a body without a number to the account that received it', async () => {
    const body = { entry: [{ changes: [{ value: { messages: [metaText('Hi')] } }] }] };
    expect(await webhooks.handle('whatsapp-cloud', 'w', callback('w', body))).toEqual({ status: 200 });
    expect(heard.map(({ provider, account }) => [provider, account])).toEqual([['whatsapp-cloud', 'w']]);
  });

  it('ignores a body of an unknown number with 200 and logs it', async () => {
    const body = {
      entry: [{ changes: [{ value: { metadata: { phone_number_id: '9' }, messages: [metaText('Hi')] } }] }],
    };
    expect(await webhooks.handle('whatsapp-cloud', 'w', callback('w', body))).toEqual({ status: 200 });
    expect(heard).toEqual([]);
    const reason = 'its phone_number_id is not the account’s';
    expect(told).toEqual([{ what: 'webhook', provider: 'whatsapp-cloud', account: 'w', reason, kind: 'ignored' }]);
  });

  it('responds with 503 when the account lookup fails, so that the provider retries', async () => {
    expect(await webhooks.handle('z-api', 'broken', stranger({}))).toEqual({
      status: 503,
      headers: { 'Retry-After': '5' },
    });
    const reason = 'resolveAccount failed (RangeError)';
    expect(told).toEqual([{ what: 'webhook', provider: 'z-api', account: undefined, reason, kind: 'postponed' }]);
  });

  it('rethrows an unexpected error', async () => {
    const account = () => Promise.reject(new TypeError('a reason'));
    const faulty = await webhooksOf(Object.assign(Object.create(ButtonMessagingConfig.prototype), { account }));
    await expect(faulty.handle('z-api', 'z', stranger({}))).rejects.toBeInstanceOf(TypeError);
  });

  it.each([
    ['too large', 413, 'rejected'],
    ['too slow', 408, 'rejected'],
    ['too many', 503, 'postponed'],
  ] as const)('responds to a webhook body that is %s with %i', async (failure, status, kind) => {
    const config = new ButtonMessagingConfig({ accounts: ACCOUNTS }, new DtoValidator());
    expect(webhooks.rejectBody(await config.account('z'), failure)).toMatchObject({ status });
    expect(told).toMatchObject([{ what: 'webhook', provider: 'z-api', account: 'z', kind }]);
  });

  it.each<[what: string, provider: string, account: string, headers: Record<string, string>, found: object]>([
    ['admit() accepts a valid token as proof', 'z-api', 'z', callback('z', '').headers, { isAuthenticated: true }],
    ['admit() rejects a request without a token with 401', 'z-api', 'z', {}, { rejection: { status: 401 } }],
    [
      'admit() accepts a valid signature until the body is checked',
      'whatsapp-cloud',
      'w',
      callback('w', '{}').headers,
      { isAuthenticated: false },
    ],
    [
      'admit() rejects a request without a signature with 401',
      'whatsapp-cloud',
      'w',
      {},
      { rejection: { status: 401 } },
    ],
    [
      'admit() rejects a signature for an account without a secret with 401',
      'whatsapp-cloud',
      'w-bare',
      callback('w', '{}').headers,
      { rejection: { status: 401 } },
    ],
    [
      'admit() rejects a request for an unknown account with 401',
      'chatvolt',
      'nobody',
      {},
      { rejection: { status: 401 } },
    ],
    ['admit() responds with 503 when the account lookup fails', 'z-api', 'broken', {}, { rejection: { status: 503 } }],
    [
      'admit() accepts a valid header of a custom provider as proof',
      'custom',
      'a',
      { 'x-acme': 'a-secret' },
      { isAuthenticated: true },
    ],
    [
      'admit() rejects a wrong header of a custom provider with 401',
      'custom',
      'a',
      { 'x-acme': 'wrong' },
      { rejection: { status: 401 } },
    ],
  ])('%s', async (_what, provider, account, headers, found) => {
    expect(await webhooks.admit(provider, account, { headers })).toMatchObject(found);
  });

  it.each<[what: string, isAuthentic: (request: WebhookRequest) => boolean, found: object]>([
    ['reads the body', ({ rawBody }) => rawBody?.length === 2, { isAuthenticated: false }],
    [
      'throws without the body',
      ({ rawBody }) => Buffer.from(rawBody as Uint8Array).length === 2,
      { isAuthenticated: false },
    ],
    [
      'always throws',
      () => {
        throw new RangeError('Input buffers must have the same byte length');
      },
      { rejection: { status: 401 } },
    ],
  ])('checks a request to a custom provider whose isAuthentic %s', async (_what, isAuthentic, found) => {
    const provider = {
      name: 'acme',
      map: () => ({ reasons: [] }),
      send: async () => ({}),
      webhook: { isAuthentic, parse: () => [] },
    };
    const config = new ButtonMessagingConfig({ accounts: [{ provider, name: 'b' }] }, new DtoValidator());
    const request = stranger('{}');
    const one = await webhooksOf(config);
    expect(await one.admit('custom', 'b', { headers: request.headers })).toMatchObject(found);
    const status = 'rejection' in found ? 401 : 200;
    expect(await one.handle('custom', 'b', request)).toMatchObject({ status });
  });

  it('names the other body parser when it consumed the bytes', async () => {
    const config = new ButtonMessagingConfig({ accounts: ACCOUNTS }, new DtoValidator());
    const [w, z] = await Promise.all([config.account('w'), config.account('z')]);
    const signedElsewhere = { ...callback('w', '{ }'), rawBody: Buffer.from('{}') };
    const circumstances = { isAuthenticated: false, isParsed: true };
    expect(await webhooks.receive(w, signedElsewhere, circumstances)).toEqual({ status: 401 });
    const { rawBody: _, ...empty } = callback('z', '');
    expect(await webhooks.receive(z, empty, { isAuthenticated: true, isParsed: true })).toEqual({ status: 400 });
    expect(told.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('consumed by another body parser'),
      expect.stringContaining('consumed by another body parser'),
    ]);
  });
});
