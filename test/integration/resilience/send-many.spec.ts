import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  type ButtonMessage,
  type ButtonMessagingModuleOptions,
  InvalidMessageError,
  SendAbortedError,
  type SendManyProgress,
  type SendManyResult,
} from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf, untyped } from '../../support/button-messages.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { HeldResponses } from '../../support/responses.js';
import { OpenApps } from '../../support/test-app.js';
import { settled, until } from '../../support/time.js';

jest.setTimeout(60_000);
const apps = new OpenApps();
let server: FakeProvider;
let held: HeldResponses;
beforeAll(async () => {
  server = await FakeProvider.start();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  held = new HeldResponses();
});
afterEach(async () => {
  server.reset();
  held.releaseAll();
  await apps.close();
});

const open = async (given: ButtonMessagingModuleOptions = {}) =>
  (await apps.open({ accounts: [zApiAccount(server.url)], retry: { baseDelayMs: 1 }, ...given })).messaging;

const numberedMessage = (index: number): ButtonMessage => messageTo(phoneOf(index), `number ${index}.`);
const list = (length: number) => Array.from({ length }, (_, index) => numberedMessage(index));

/** Records how many messages were read and whether the source was closed. */
class Source {
  pulled = 0;
  closed = false;
  constructor(private readonly end: number) {}

  *messages(): Generator<ButtonMessage> {
    try {
      for (let index = 0; index < this.end; index += 1) {
        this.pulled += 1;
        yield numberedMessage(index);
      }
    } finally {
      this.closed = true;
    }
  }

  async *later(): AsyncGenerator<ButtonMessage> {
    for (const message of this.messages()) {
      await Promise.resolve();
      yield message;
    }
  }
}

async function all(results: AsyncIterable<SendManyResult>): Promise<SendManyResult[]> {
  const found: SendManyResult[] = [];
  for await (const result of results) found.push(result);
  return found;
}
const indices = (results: SendManyResult[]) => results.map(({ index }) => index);
const sorted = (results: SendManyResult[]) => indices(results).sort((a, b) => a - b);

describe('ButtonMessagingService.sendMany', () => {
  it('yields every result when onProgress throws', async () => {
    const onProgress = () => {
      throw new Error('The progress bar broke');
    };
    const results = await all((await open()).sendMany(list(8), { concurrency: 4, onProgress }));
    expect(results.map(({ sent }) => sent?.messageId)).toEqual(results.map(() => expect.any(String)));
    expect(sorted(results)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('rejects a source that is not iterable', async () => {
    const results = (await open()).sendMany(untyped(numberedMessage(1)));
    await expect(results.next()).rejects.toBeInstanceOf(InvalidMessageError);
  });

  it.each<[string, () => Iterable<ButtonMessage> | AsyncIterable<ButtonMessage>]>([
    ['an array', () => list(40)],
    ['a set', () => new Set(list(40))],
    ['a generator', () => new Source(40).messages()],
    ['an async generator', () => new Source(40).later()],
  ])('sends each message of %s once and yields its index', async (_name, source) => {
    server.always((request, response) => {
      const number = /number (\d+)\./.exec(request.body)?.[1];
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(`{"messageId":"MESSAGE${number}"}`);
    });
    const results = await all((await open()).sendMany(source()));
    expect(sorted(results)).toEqual(list(40).map((_, index) => index));
    for (const { index, sent, error } of results) {
      expect(error).toBeUndefined();
      expect(sent).toMatchObject({ messageId: `MESSAGE${index}`, account: 'zap' });
    }
    expect(server.requests).toHaveLength(40);
  });

  it('ends at once when the source is empty', async () => {
    expect(await all((await open()).sendMany([]))).toEqual([]);
  });

  it.each([
    [1, { concurrency: 1 }],
    [5, { concurrency: 5 }],
    [16, {}],
  ])('has at most %i concurrent requests', async (most, options) => {
    server.always(held.reply);
    const results = all((await open()).sendMany(list(40), options));
    let answered = 0;
    while (answered < 40) {
      const expected = Math.min(most, 40 - answered);
      await until(() => held.count === expected);
      held.release();
      answered += 1;
    }
    expect((await results).length).toBe(40);
    expect(held.most).toBe(most);
  });

  it.each(['messages', 'later'] as const)('does not read ahead of a slow consumer (%s)', async (kind) => {
    const source = new Source(Number.POSITIVE_INFINITY);
    const results = (await open()).sendMany(source[kind](), { concurrency: 4 })[Symbol.asyncIterator]();
    for (let consumed = 1; consumed <= 6; consumed += 1) {
      expect((await results.next()).done).toBe(false);
      expect(await settled(() => source.pulled)).toBeLessThanOrEqual(consumed + 4);
    }
    await results.return?.();
  });

  it('yields results in the order of completion', async () => {
    server.always(held.reply);
    const results = (await open()).sendMany(list(4), { concurrency: 4 })[Symbol.asyncIterator]();
    const order: number[] = [];
    for (const index of [2, 0, 3, 1]) {
      const next = results.next();
      await until(() => held.count === 4 - order.length);
      held.release(`number ${index}.`);
      order.push((await next).value?.index ?? -1);
    }
    expect(order).toEqual([2, 0, 3, 1]);
    expect((await results.next()).done).toBe(true);
  });

  it('reports its progress to onProgress', async () => {
    server.next({ status: 400, body: { error: 'bad' } });
    const steps: SendManyProgress[] = [];
    const onProgress = (progress: SendManyProgress) => steps.push({ ...progress });
    await all((await open()).sendMany(list(10), { concurrency: 1, onProgress }));
    expect(steps.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { done, sent, failed } of steps) expect(sent + failed).toBe(done);
    expect(steps[0]).toEqual({ done: 1, sent: 0, failed: 1 });
    expect(steps.at(-1)).toEqual({ done: 10, sent: 9, failed: 1 });
  });

  it('yields an invalid message as a result and continues', async () => {
    const faulty = [
      numberedMessage(0),
      { to: 'x', text: '', buttons: [] },
      numberedMessage(2),
      null,
    ] as ButtonMessage[];
    const results = await all((await open()).sendMany(faulty));
    expect(sorted(results)).toEqual([0, 1, 2, 3]);
    const failed = results.filter(({ error }) => error);
    expect(sorted(failed)).toEqual([1, 3]);
    for (const { error, sent } of failed) {
      expect(error).toBeInstanceOf(InvalidMessageError);
      expect(sent).toBeUndefined();
    }
    expect(server.requests).toHaveLength(2);
  });

  it('yields a rejection as a result and continues', async () => {
    server.next({ status: 400, body: { error: 'bad' } }, { status: 500 });
    const results = await all((await open()).sendMany(list(4), { concurrency: 1 }));
    expect(results.map(({ error }) => error?.code)).toEqual([
      'provider-rejected',
      'unknown-outcome',
      undefined,
      undefined,
    ]);
  });
});

describe('sendMany with an aborted signal', () => {
  it('yields the sends in flight and ends without throwing', async () => {
    server.next(...Array.from({ length: 3 }, () => ({ body: { messageId: 'MESSAGE1' } }))).always(held.reply);
    const source = new Source(100);
    const controller = new AbortController();
    const results = all((await open()).sendMany(source.messages(), { concurrency: 4, signal: controller.signal }));
    await until(() => held.count === 4);
    controller.abort();
    const found = await results;
    expect(found.filter(({ sent }) => sent)).toHaveLength(3);
    const failed = found.filter(({ error }) => error?.outcome === 'unknown');
    expect(failed).toHaveLength(4);
    for (const { error } of failed) expect(error).toBeInstanceOf(SendAbortedError);
    expect(server.requests).toHaveLength(7);
    expect(source.pulled).toBeLessThanOrEqual(8);
    expect(source.closed).toBe(true);
  });

  it('sends nothing when the signal was aborted before', async () => {
    const signal = AbortSignal.abort();
    expect(await all((await open()).sendMany(list(5), { signal }))).toEqual([]);
    expect(server.requests).toHaveLength(0);
  });

  it('yields sends that wait for a rate-limit slot as not-sent', async () => {
    const controller = new AbortController();
    const accounts = [zApiAccount(server.url, { pacing: { perSecond: 0.1, burst: 1 } })];
    const results = all((await open({ accounts })).sendMany(list(9), { concurrency: 3, signal: controller.signal }));
    await until(() => server.requests.length === 1);
    controller.abort();
    const found = await results;
    const failed = found.filter(({ error }) => error?.outcome === 'not-sent');
    expect(failed.length).toBe(found.length - 1);
    expect(server.requests).toHaveLength(1);
  });
});

describe('sendMany with a source that throws', () => {
  const broken = new Error('The file ends here.');

  it.each(['at its start', 'later'])('rethrows the error after yielding the sends in flight: %s', async (when) => {
    server.always(held.reply);
    async function* source() {
      if (when === 'later') yield* list(3);
      throw broken;
    }
    const found: SendManyResult[] = [];
    const run = (async () => {
      for await (const result of (await open()).sendMany(source(), { concurrency: 8 })) found.push(result);
    })();
    const failure = expect(run).rejects.toBe(broken);
    if (when === 'later') await until(() => held.count === 3);
    held.releaseAll();
    await failure;
    expect(sorted(found)).toEqual(when === 'later' ? [0, 1, 2] : []);
    for (const { sent } of found) expect(sent).toBeDefined();
  });
});

describe('sendMany with a consumer that stops', () => {
  it.each(['messages', 'later'] as const)('closes the source and starts no further sends (%s)', async (kind) => {
    const source = new Source(Number.POSITIVE_INFINITY);
    let taken = 0;
    for await (const result of (await open()).sendMany(source[kind](), { concurrency: 3 })) {
      expect(result.sent).toBeDefined();
      taken += 1;
      if (taken === 5) break;
    }
    expect(source.closed).toBe(true);
    expect(await settled(() => server.requests.length)).toBeLessThanOrEqual(5 + 3);
  });

  it('closes the source when the consumer throws', async () => {
    const source = new Source(Number.POSITIVE_INFINITY);
    const run = (async () => {
      for await (const _ of (await open()).sendMany(source.messages())) throw new Error('enough');
    })();
    await expect(run).rejects.toThrow('enough');
    expect(source.closed).toBe(true);
  });
});

describe('sendMany with an idempotency key', () => {
  it('sends every message once in two runs', async () => {
    const messaging = await open();
    const run = () => all(messaging.sendMany(list(20), { idempotencyKey: 'campaign-1' }));
    const first = (await run()).sort((a, b) => a.index - b.index);
    expect(first.every(({ sent }) => sent)).toBe(true);
    expect((await run()).sort((a, b) => a.index - b.index)).toEqual(first);
    expect(server.requests).toHaveLength(20);
  });

  it('sends in a second run only what was not sent in the first', async () => {
    server.next({ status: 400, body: { error: 'bad' } }, { status: 500 });
    const messaging = await open();
    const options = { idempotencyKey: 'campaign-1', concurrency: 1 };
    await all(messaging.sendMany(list(4), options));
    const second = await all(messaging.sendMany(list(4), options));
    expect(second.map(({ error }) => error?.code)).toEqual([undefined, 'unknown-outcome', undefined, undefined]);
    expect(server.requests).toHaveLength(5);
  });
});
