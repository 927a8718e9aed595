import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { filter, firstValueFrom, map, type Observable, take, tap } from 'rxjs';
import type { ButtonMessagingEvents, SentMessage } from '../../../lib/index.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { until } from '../../support/time.js';
import { WebhookApps } from '../../support/webhook-app.js';
import { zPress, zText } from './fixtures.js';

const apps = new WebhookApps();
const uncaught: unknown[] = [];
const keep = (error: unknown) => uncaught.push(error);
let known: { event: 'uncaughtException' | 'unhandledRejection'; listeners: ((...args: never[]) => void)[] }[] = [];

// Jest's own listeners would end the test.
beforeEach(() => {
  uncaught.length = 0;
  known = (['uncaughtException', 'unhandledRejection'] as const).map((event) => {
    const listeners = process.listeners(event as 'uncaughtException') as ((...args: never[]) => void)[];
    process.removeAllListeners(event);
    process.on(event, keep);
    return { event, listeners };
  });
});

afterEach(async () => {
  await apps.close();
  for (const { event, listeners } of known) {
    process.removeAllListeners(event);
    for (const listener of listeners) process.on(event, listener as () => void);
  }
});

class CustomerError extends Error {
  override name = 'CustomerError';
}

function fail(): never {
  throw new CustomerError('Maria wrote: my biopsy');
}

const SENT = {
  id: 'S',
  provider: 'z-api',
  account: 'z',
  messageId: 'D241XXXX732339502B68',
  providerIds: ['D241XXXX732339502B68'],
  to: '5544999999999',
  attempts: 1,
  acceptedAt: new Date(),
} satisfies SentMessage;

const STREAMS: [name: string, stream: (events: ButtonMessagingEvents) => Observable<unknown>][] = [
  ['events$', ({ events$ }) => events$],
  ['buttonReplies$', ({ buttonReplies$ }) => buttonReplies$],
  ['of()', (events) => events.of(SENT)],
  [
    'events$ through operators',
    ({ events$ }) =>
      events$.pipe(
        map((event) => event.kind),
        filter(Boolean),
        tap(),
      ),
  ],
];

const FAILING: [name: string, subscribe: (stream: Observable<unknown>) => unknown][] = [
  ['a function throws', (stream) => stream.subscribe(fail)],
  ['an observer throws', (stream) => stream.subscribe({ next: fail })],
  ['an async function rejects', (stream) => stream.subscribe(async () => fail())],
  ['an operator throws without an error handler', (stream) => stream.pipe(map(fail)).subscribe()],
  ['an error handler throws', (stream) => stream.pipe(map(fail)).subscribe({ error: fail })],
  ['a completion handler throws', (stream) => stream.pipe(take(1)).subscribe({ complete: fail })],
];

describe.each(STREAMS)('Subscriber of %s', (_stream, streamOf) => {
  it.each(FAILING)('does not stop other subscribers if %s', async (_name, subscribe) => {
    const logger = new RecordingLogger();
    const app = await apps.start({ options: { logger } });
    const stream = streamOf(app.events);
    const heard: unknown[] = [];
    subscribe(stream);
    stream.subscribe((event) => heard.push(event));
    await app.hear('z', zPress({ messageId: 'A' }));
    await app.hear('z', zPress({ messageId: 'B' }));
    expect(await app.taken()).toHaveLength(2);
    expect(heard.length).toBeGreaterThanOrEqual(2);
    await until(() => logger.lines.some((line) => line.includes('subscriber') && line.includes('CustomerError')));
    // RxJS throws in its own timer.
    await new Promise((done) => setTimeout(done, 0));
    expect(uncaught).toEqual([]);
    expect(logger.lines.join('\n')).not.toContain('biopsy');
  });
});

describe('Subscriber of events$ without errors', () => {
  it('receives values, completion and the errors of its operators', async () => {
    const app = await apps.start();
    const { events$ } = app.events;
    const ends: string[] = [];
    const first = firstValueFrom(events$.pipe(filter(({ kind }) => kind === 'text-message')));
    events$.subscribe({ complete: () => ends.push('complete') });
    events$.pipe(map(fail)).subscribe({ error: (error) => ends.push(String(error.name)) });
    const stopped: string[] = [];
    const subscription = events$.subscribe(({ kind }) => stopped.push(kind));
    await app.hear('z', zText('hello'));
    expect(await first).toMatchObject({ text: 'hello' });
    subscription.unsubscribe();
    await app.hear('z', zText('again', { messageId: 'X' }));
    await app.settled();
    expect(stopped).toEqual(['text-message']);
    await app.close();
    expect(ends).toEqual(['CustomerError', 'complete']);
    expect(uncaught).toEqual([]);
  });
});
