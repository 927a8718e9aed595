import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { propagation } from '@opentelemetry/api';
import { type ButtonMessage, InvalidMessageError } from '../../../lib/index.js';
import type { EnqueueManyResult, EnqueueOptions } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { isRecord } from '../../../lib/validation/is-record.js';
import { untyped } from '../../support/button-messages.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';

jest.setTimeout(60_000);

const HALF = `Olá Ana ${'🎉'.charAt(0)} !`;
const NUL = 'order\u000012';

const UNFIT_MESSAGES: [path: string, message: () => ButtonMessage][] = [
  ['text', () => message(HALF)],
  ['text', () => message(NUL)],
  ['footer', () => ({ ...message(), footer: HALF })],
  ['header.text', () => ({ ...message(), header: { text: NUL } })],
  ['header.image', () => ({ ...message(), header: { image: 'https://example.com/\udc00.png' } })],
  ['buttons[0].title', () => ({ ...message(), buttons: [{ type: 'reply', id: 'a', title: NUL }] })],
  ['buttons[1].id', () => withSecond({ type: 'reply', id: HALF, title: 'B' })],
  ['buttons[1].url', () => withSecond({ type: 'url', title: 'B', url: 'https://example.com/\ud800' })],
  ['buttons[1].code', () => withSecond({ type: 'copy', title: 'B', code: NUL })],
  ['to.conversation', () => ({ ...message(), to: { conversation: `c${NUL}` } })],
];

const LATEST_SEND_AT = new Date(2 ** 41 - 1);

const UNFIT_OPTIONS: [path: string, options: EnqueueOptions][] = [
  ['options.account', { account: HALF }],
  ['options.account', { account: NUL }],
  ['options.via[1]', { via: ['z-api', NUL] }],
  ['options.via[0]', { via: [HALF] }],
  ['options.idempotencyKey', { idempotencyKey: HALF }],
  ['options.idempotencyKey', { idempotencyKey: NUL }],
  ['options.group', { group: HALF }],
  ['options.group', { group: NUL }],
  ['options.group', { group: '' }],
  ['options.group', { group: 'g'.repeat(201) }],
  ['options.priority', { priority: 2_097_152 }],
  ['options.priority', { priority: 0 }],
  ['options.priority', { priority: Number.NaN }],
  ['options.sendAt', { sendAt: new Date(8_640_000_000_000_000) }],
  ['options.sendAt', { sendAt: new Date(LATEST_SEND_AT.getTime() + 1) }],
  ['options.deadlineMs', { deadlineMs: Number.NaN }],
  ['options.deadlineMs', { deadlineMs: Number.POSITIVE_INFINITY }],
  ['options.account', untyped({ account: 5 })],
  ['options.account', untyped({ account: null })],
  ['options.via[1]', untyped({ via: ['z-api', 5] })],
  ['options.via[0]', untyped({ via: [null] })],
];

function withSecond(button: ButtonMessage['buttons'][number]): ButtonMessage {
  return { ...message(), buttons: [{ type: 'reply', id: 'a', title: 'A' }, button] };
}

describe.each(ENGINES)('Invalid input to ButtonMessagingQueue on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let app: QueueApp;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    const queue = { engine: place.engine, name: place.name, worker: false };
    app = await QueueApp.start(simulator, queue, { retry: {}, breaker: {} });
  });
  afterAll(async () => {
    await app?.close();
    await simulator.close();
    await place.remove();
  });

  it.each([undefined, null, 5, 'abc', {}])('rejects %j as a list of messages', async (items) => {
    const error = await refusalOf(app.queue.enqueueMany(untyped(items)).next());
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(error.issues).toEqual([expect.objectContaining({ path: '', rule: 'isIterable' })]);
  });

  it.each<[path: string, call: () => Promise<unknown>]>([
    ['options.idempotencyKey', () => app.queue.find(untyped({}))],
    ['options.idempotencyKey', () => app.queue.cancel(untyped({ idempotencyKey: undefined }))],
    ['options', () => app.queue.counts(untyped(null))],
  ])('reports the path of a missing value: %s', async (path, call) => {
    const error = await refusalOf(call());
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(error.issues.map((issue) => issue.path)).toEqual([path]);
  });

  it.each(UNFIT_MESSAGES)('rejects a text that cannot be stored, by its path: %s', async (path, make) => {
    const error = await refusalOf(app.queue.enqueue(make()));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(error).toMatchObject({ outcome: 'not-sent', retryable: false });
    expect(error.issues.map((issue) => issue.path)).toEqual([path]);
    expect(error.message).not.toMatch(/Ana|order/);
  });

  it.each(UNFIT_OPTIONS)('rejects an invalid option, by its path: %s', async (path, options) => {
    const error = await refusalOf(app.queue.enqueue(message(), options));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(error.issues.map((issue) => issue.path)).toEqual([path]);
    expect(error.message).not.toMatch(/Ana|order/);
    // The options of enqueueMany apply to all its messages.
    await expect(app.queue.enqueueMany([message()], options).next()).rejects.toBeInstanceOf(InvalidMessageError);
  });

  it('rejects only the invalid messages of many', async () => {
    const unfit = [3, 17, 42];
    const all = Array.from({ length: 60 }, (_, index) => message(unfit.includes(index) ? HALF : 'fit'));
    const results: EnqueueManyResult[] = [];
    for await (const result of app.queue.enqueueMany(all)) results.push(result);
    const refused = results.filter(({ error }) => error instanceof InvalidMessageError).map(({ index }) => index);
    expect(refused.toSorted((one, other) => one - other)).toEqual(unfit);
    expect(results.filter(({ id }) => id !== undefined).length).toBe(57);
  });

  it('accepts options at their limits', async () => {
    const AT_BOUNDS: EnqueueOptions[] = [
      { priority: 2_097_151 },
      { priority: 1 },
      { sendAt: LATEST_SEND_AT },
      { sendAt: new Date(0) },
      { sendAt: new Date(-8_640_000_000_000_000) },
      { deadlineMs: 0.5, sendAt: new Date(Date.now() + 60_000) },
      { deadlineMs: 2_147_483_647 },
      { group: 'g'.repeat(200) },
      { idempotencyKey: '🎉'.repeat(1_000) },
    ];
    for (const options of AT_BOUNDS) {
      const { id } = await app.queue.enqueue(message(), options);
      expect(await app.queue.find(id)).toMatchObject({ id });
      expect(await app.queue.cancel(id)).toBe(true);
    }
  });

  it('stores a message with an image of 8 MB', async () => {
    const image = `data:image/png;base64,${'A'.repeat(8_000_000)}`;
    const { id } = await app.queue.enqueue({ ...message('large'), header: { image } });
    expect(await app.queue.find(id)).toMatchObject({ message: { header: { image } } });
    expect(await app.queue.cancel(id)).toBe(true);
  });

  // Validation does not cover the data that a trace propagator adds.
  it('enqueues the other messages when the server rejects one', async () => {
    let calls = 0;
    propagation.setGlobalPropagator({
      inject: (_context, carrier) => {
        calls += 1;
        if (calls === 21 && isRecord(carrier)) carrier.baggage = NUL;
      },
      extract: (context) => context,
      fields: () => [],
    });
    const ended = await Promise.allSettled(Array.from({ length: 40 }, () => app.queue.enqueue(message('neighbour'))));
    propagation.disable();
    // Redis stores any text.
    const refused = engine === 'redis' ? [] : [20];
    expect(ended.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual(refused);
    for (const end of ended) {
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ outcome: 'not-sent', retryable: false });
    }
  });
});

async function refusalOf(enqueued: Promise<unknown>): Promise<InvalidMessageError> {
  const error = await enqueued.then(
    () => new Error('It was accepted'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof InvalidMessageError) return error;
  throw error;
}
