import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RecordingLogger } from '../../support/recording-logger.js';
import { PLATFORMS, WebhookApps } from '../../support/webhook-app.js';
import { get, post } from '../../support/webhook-client.js';
import { callback, stranger } from '../../support/webhook-requests.js';
import { BAD_ATTEMPTS, callbackOf } from './credentials.js';
import { zText } from './fixtures.js';

const MINUTE = 60_000;
/** Only the clock is faked; servers and sockets keep running. */
const NOT_FAKED = [
  ...(['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'clearImmediate'] as const),
  ...(['nextTick', 'queueMicrotask', 'Date', 'hrtime'] as const),
];

describe.each(PLATFORMS)('RejectedWebhookLogger on %s', (_platform, platform) => {
  const { start, close } = new WebhookApps();
  let logger: RecordingLogger;
  let at: (provider: string, account: string) => string;
  beforeEach(async () => {
    logger = new RecordingLogger();
    const app = await start({ platform, options: { webhooks: {}, logger } });
    at = (provider, account) => `${app.url}/webhooks/${provider}/${account}`;
    jest.useFakeTimers({ doNotFake: NOT_FAKED });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await close();
  });

  it.each([
    ['z-api', 'z', {}, 'z-api-token is missing'],
    ['z-api', 'z', { 'z-api-token': 'no' }, 'z-api-token does not match'],
    ['chatvolt', 'c-bare', { authorization: 'Bearer no' }, 'the account has no webhookSecret'],
    ['whatsapp-cloud', 'w', {}, 'X-Hub-Signature-256 is missing'],
  ])(
    'logs once why a webhook is rejected at %s account %s with headers %j',
    async (provider, account, headers, fault) => {
      expect((await post(at(provider, account), stranger({}, headers))).status).toBe(401);
      expect(logger.lines).toEqual([`A webhook of account ${account} (${provider}) was rejected: ${fault}.`]);
    },
  );

  it('logs a rejected verification', async () => {
    const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1', 'hub.verify_token': 'wrong' };
    expect((await get(at('whatsapp-cloud', 'w'), query)).status).toBe(403);
    expect(logger.lines).toEqual([
      'A verification of account w (whatsapp-cloud) was rejected: hub.verify_token does not match.',
    ]);
  });

  it('logs each account once per minute, with the number of repetitions', async () => {
    const knock = (account: string) => post(at('z-api', account), stranger({}));
    for (let count = 0; count < 5; count += 1) await knock('z');
    await knock('z2');
    expect(logger.lines).toHaveLength(2);
    jest.advanceTimersByTime(MINUTE - 1);
    await knock('z');
    expect(logger.lines).toHaveLength(2);
    jest.advanceTimersByTime(1);
    await knock('z');
    await knock('z2');
    const line = (account: string) => `A webhook of account ${account} (z-api) was rejected: z-api-token is missing.`;
    expect(logger.lines.slice(2)).toEqual([`${line('z')} 5 similar requests since the last such line.`, line('z2')]);
  });

  it('logs all unknown accounts in one line, without the requested names', async () => {
    for (let count = 0; count < 5; count += 1) await post(at('z-api', `nobody-${count}`), stranger({}));
    expect(logger.lines).toEqual([
      'A webhook for an unknown account of z-api was rejected: this provider has no account with that name.',
    ]);
  });

  it('logs neither received nor expected credentials', async () => {
    for (const attempt of BAD_ATTEMPTS) {
      await post(at(attempt.provider, attempt.account), callbackOf(attempt, attempt.name));
      jest.advanceTimersByTime(MINUTE);
    }
    expect(logger.lines).toHaveLength(BAD_ATTEMPTS.length);
    const proofs = /[zcw]2?-secret|token-of|key-of|access-of|w-verify|sha256|wrong|undefined|nobody/;
    for (const line of logger.lines) expect(line).not.toMatch(proofs);
  });

  it('logs nothing for an authenticated webhook', async () => {
    expect((await post(at('z-api', 'z'), callback('z', zText('Hi', { messageId: 'GOOD' })))).status).toBe(200);
    expect(logger.lines).toEqual([]);
  });
});
