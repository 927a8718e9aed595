import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type AccountOptions,
  type ButtonMessagingModuleOptions,
  ProviderUnavailableError,
  SendAbortedError,
  type SendOptions,
} from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { OpenApps, type TestApp } from '../../support/test-app.js';

jest.setTimeout(60_000);
/** Everything except the timers of timeouts. */
const NOT_FAKED = [
  ...(['setInterval', 'clearInterval', 'setImmediate', 'clearImmediate', 'nextTick', 'queueMicrotask'] as const),
  ...(['Date', 'hrtime', 'performance'] as const),
];
const apps = new OpenApps();
let server: FakeProvider;
let isSilent: boolean;
let asked: number;
beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  isSilent = true;
  asked = 0;
});
afterEach(apps.close);

const open = (given: ButtonMessagingModuleOptions = {}) =>
  apps.open({ accounts: [zApiAccount(server.url)], resolveAccount: lookUp, breaker: false, ...given });

/** Resolves an account like an application whose database does not respond. */
function lookUp(name: string): Promise<AccountOptions> {
  asked += 1;
  return isSilent ? new Promise(() => undefined) : Promise.resolve({ ...zApiAccount(server.url), name });
}

type Call = (app: TestApp, options: SendOptions) => Promise<unknown>;
const CALLS: [string, Call][] = [
  ['ButtonMessagingService.send', ({ messaging }, options) => messaging.send(messageTo(), options)],
  ['ZApiService.sendText', ({ zApi }, options) => zApi.sendText({ phone: phoneOf(0), message: 'x' }, options)],
  ['ZApiService.status', ({ zApi }, { idempotencyKey: _, ...options }) => zApi.status(options)],
];

describe.each(CALLS)('resolveAccount that never settles, in %s', (_name, call) => {
  it('ends at the deadline with not-sent', async () => {
    const app = await open();
    const error = await errorOf(call(app, { account: 'tenant', deadlineMs: 50 }));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryable: true, account: 'tenant' });
    expect(server.requests).toEqual([]);
  });

  it('ends on the signal with not-sent', async () => {
    const app = await open();
    const controller = new AbortController();
    const sent = errorOf(call(app, { account: 'tenant', signal: controller.signal }));
    controller.abort();
    expect(await sent).toBeInstanceOf(SendAbortedError);
    expect(await sent).toMatchObject({ outcome: 'not-sent', account: 'tenant' });
    expect(server.requests).toEqual([]);
  });

  it('ends after ten seconds, and the next call looks up again', async () => {
    const app = await open();
    jest.useFakeTimers({ doNotFake: NOT_FAKED });
    try {
      const failed = [1, 2].map(() => errorOf(call(app, { account: 'tenant' })));
      await jest.advanceTimersByTimeAsync(9_999);
      expect(await Promise.race([...failed, 'waiting'])).toBe('waiting');
      await jest.advanceTimersByTimeAsync(1);
      for (const error of await Promise.all(failed)) {
        expect(error).toBeInstanceOf(ProviderUnavailableError);
        expect(error).toMatchObject({ outcome: 'not-sent', retryable: true, account: 'tenant' });
      }
    } finally {
      jest.useRealTimers();
    }
    expect(asked).toBe(1);
    isSilent = false;
    server.always({ body: { connected: true, smartphoneConnected: true, zaapId: 'Z1', messageId: 'M1' } });
    await call(app, { account: 'tenant' });
    expect(asked).toBe(2);
    expect(server.requests).toHaveLength(1);
  });
});

it('lets send continue with the next account when resolveAccount never settles', async () => {
  const app = await open();
  jest.useFakeTimers({ doNotFake: NOT_FAKED });
  const sent = app.messaging.send(messageTo(), { via: ['tenant', 'zap'] });
  await jest.advanceTimersByTimeAsync(10_000).finally(() => jest.useRealTimers());
  expect(await sent).toMatchObject({ account: 'zap', tried: [{ account: 'tenant', code: 'provider-unavailable' }] });
});
