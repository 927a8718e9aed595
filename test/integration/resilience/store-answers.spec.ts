import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Provider } from '@nestjs/common';
import {
  type ButtonMessage,
  IdempotencyStore,
  PacingStore,
  PersonStore,
  RepeatStore,
  ReplyExchange,
  SentMessageStore,
  StoreAnswerError,
} from '../../../lib/index.js';
import { ButtonMessagingTestingModule, RecordingTransport } from '../../../lib/testing/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { errorOf } from '../../support/errors.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { mockOfAnything } from '../../support/mockers.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { openAppWithoutRetries, type TestApp } from '../../support/test-app.js';
import { Heard } from '../../support/webhook-app.js';

const message: ButtonMessage = {
  to: '5511999999999',
  text: 'Tomorrow?',
  buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }],
};
const SECRET = 'state-of-secret';
const NONSENSE: [kind: string, answer: unknown][] = [
  ['undefined', undefined],
  ['null', null],
  ['a string', SECRET],
  ['a function', mockOfAnything()],
  ['another object', {}],
  ['another object', { state: SECRET }],
  ['another array', [SECRET]],
  ['a number', Number.NaN],
  ['a number', Number.POSITIVE_INFINITY],
];

describe('Custom store with an invalid result', () => {
  let server: FakeProvider;
  let app: TestApp | undefined;
  const unheard: unknown[] = [];
  const hearRejection = (error: unknown) => void unheard.push(error);
  beforeEach(async () => {
    unheard.length = 0;
    process.on('unhandledRejection', hearRejection);
    server = await FakeProvider.start();
  });
  afterEach(async () => {
    process.off('unhandledRejection', hearRejection);
    jest.useRealTimers();
    await app?.close();
    app = undefined;
    await server.close();
  });
  const start = async (store: Provider, more = {}) => {
    app = await openAppWithoutRetries({ accounts: [zApiAccount(server.url, more)], extraProviders: [store] });
    return app.messaging;
  };
  const answering = (answer: unknown) =>
    new Proxy(
      {},
      { get: (_target, key) => (key === 'then' ? undefined : () => (key === 'remember' ? undefined : answer)) },
    );
  const said = (error: unknown, method: string, kind: string) => {
    expect(error).toBeInstanceOf(StoreAnswerError);
    expect(error).toMatchObject({ code: 'store-answer', outcome: 'not-sent' });
    const { message: text } = error as StoreAnswerError;
    expect(text).toContain(`${method} must return`);
    expect(text).toContain(`returned ${kind}.`);
    expect(text).not.toContain(SECRET);
    expect(server.requests).toEqual([]);
  };

  it.each(NONSENSE)('rejects a send with an idempotency key when reserve() returns %s', async (kind, answer) => {
    const messaging = await start({ provide: IdempotencyStore, useValue: answering(answer) });
    said(await errorOf(messaging.send(message, { idempotencyKey: 'k' })), 'IdempotencyStore.reserve', kind);
  });

  it('stops waiting after five minutes when the key stays pending', async () => {
    const messaging = await start({ provide: IdempotencyStore, useValue: answering({ state: 'pending' }) });
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    const failed = errorOf(messaging.send(message, { idempotencyKey: 'k' }));
    await jest.advanceTimersByTimeAsync(5 * 60_000 + 1_000);
    expect(await failed).toMatchObject({ code: 'unknown-outcome', message: expect.stringContaining('5 minutes') });
  });

  it.each(NONSENSE)('rejects a send when pausedFor() returns %s', async (kind, answer) => {
    const messaging = await start({ provide: PacingStore, useValue: answering(answer) });
    said(await errorOf(messaging.send(message)), 'PacingStore.pausedFor', kind);
  });

  it.each(NONSENSE)('rejects a paced send when reserve() returns %s', async (kind, answer) => {
    const useValue = { reserve: () => answer, pausedFor: (buckets: string[]) => buckets.map(() => 0) };
    const messaging = await start({ provide: PacingStore, useValue }, { pacing: { perSecond: 5 } });
    said(await errorOf(messaging.send(message)), 'PacingStore.reserve', kind);
  });

  it.each(NONSENSE.filter(([kind]) => kind !== 'a function'))(
    'rejects ask() before it sends when subscribe() returns %s',
    async (kind, answer) => {
      const messaging = await start({ provide: ReplyExchange, useValue: answering(answer) });
      said(await errorOf(messaging.ask(message)), 'ReplyExchange.subscribe', kind);
    },
  );

  it.each([
    ['RepeatStore.isFirst', RepeatStore],
    ['SentMessageStore.recentTo', SentMessageStore],
    ['PersonStore.find', PersonStore],
  ])('dispatches the event and logs an invalid result of %s', async (method, store) => {
    const logger = new RecordingLogger();
    app = await openAppWithoutRetries(
      { logger },
      {
        register: (options) =>
          ButtonMessagingTestingModule.forRoot({
            ...options,
            extraProviders: [{ provide: store, useValue: answering({ state: SECRET, sent: SECRET, phone: 5 }) }],
          }),
        providers: [Heard],
      },
    );
    await app.messaging.send(message);
    const transport = app.app.get(RecordingTransport, { strict: false });
    await transport.type('Yes');
    expect(app.app.get(Heard).events).toMatchObject([{ messageId: expect.stringMatching(/^answer-/) }]);
    expect(logger.lines.join('\n')).toContain(`${method} must return`);
    expect(logger.lines.join('\n')).not.toContain(SECRET);
  });

  const recording = async (provider: Provider) => {
    const logger = new RecordingLogger();
    app = await openAppWithoutRetries(
      { logger },
      {
        register: (options) => ButtonMessagingTestingModule.forRoot({ ...options, extraProviders: [provider] }),
        providers: [Heard],
      },
    );
    return { logger, app, transport: app.app.get(RecordingTransport, { strict: false }) };
  };
  const FAILING: [how: string, failing: () => unknown][] = [
    [
      'throws',
      () => {
        throw new TypeError(SECRET);
      },
    ],
    ['rejects', async () => Promise.reject(new TypeError(SECRET))],
  ];

  it.each([
    ...FAILING,
    ...NONSENSE.filter(([kind]) => !['undefined', 'null', 'a function'].includes(kind)).map(
      ([, answer]): [string, () => unknown] => [`gives ${String(answer)}`, () => answer],
    ),
  ])('dispatches the event and logs once when knownSince() %s', async (_how, knownSince) => {
    const { logger, app, transport } = await recording({
      provide: RepeatStore,
      useValue: { isFirst: () => true, knownSince },
    });
    await app.messaging.send(message);
    await transport.press('yes');
    expect(app.app.get(Heard).events).toMatchObject([{ kind: 'button-reply' }]);
    expect(logger.lines.filter((line) => line.includes('RepeatStore failed'))).toHaveLength(1);
    expect(logger.lines.join('\n')).not.toContain(SECRET);
  });

  it('awaits knownSince() and skips an event that is already known', async () => {
    const useValue = { isFirst: () => true, knownSince: async () => Date.now() + 60_000 };
    const { logger, app, transport } = await recording({ provide: RepeatStore, useValue });
    await app.messaging.send(message);
    await transport.press('yes');
    expect(app.app.get(Heard).events).toEqual([]);
    expect(logger.lines.join('\n')).not.toContain('failed');
  });

  it('rejects ask() when subscribe() rejects, without an unhandled rejection', async () => {
    const [, rejects] = FAILING[1] ?? [];
    const messaging = await start({ provide: ReplyExchange, useValue: { subscribe: rejects } });
    said(await errorOf(messaging.ask(message)), 'ReplyExchange.subscribe', 'another object');
    await new Promise(setImmediate);
    expect(unheard).toEqual([]);
  });

  it.each(FAILING)('returns the reply when ending the subscription %s', async (_how, failing) => {
    let listen: (reply: unknown) => void = () => {};
    const subscribe = (_id: string, listener: (reply: unknown) => void) => {
      listen = listener;
      return failing;
    };
    const publish = (_id: string, reply: unknown) => listen(reply);
    const { app, transport } = await recording({ provide: ReplyExchange, useValue: { subscribe, publish } });
    const asked = app.messaging.ask(message);
    await transport.press('yes');
    expect(await asked).toMatchObject({ button: { id: 'yes' } });
    await new Promise(setImmediate);
    expect(unheard).toEqual([]);
  });

  it.each(FAILING)('reports the rate limit of the provider when pause() %s', async (_how, pause) => {
    const logger = new RecordingLogger();
    const useValue = { reserve: () => 0, pausedFor: (buckets: string[]) => buckets.map(() => 0), pause };
    const extraProviders = [{ provide: PacingStore, useValue }];
    app = await openAppWithoutRetries({ accounts: [zApiAccount(server.url)], extraProviders, logger });
    server.next({ status: 429, body: { error: 'Too many' } });
    expect(await errorOf(app.messaging.send(message))).toMatchObject({ code: 'rate-limited', outcome: 'not-sent' });
    expect(logger.lines.join('\n')).toContain('The pacing store failed to pause account zap: TypeError.');
    expect(logger.lines.join('\n')).not.toContain(SECRET);
  });
});
