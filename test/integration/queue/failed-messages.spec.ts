import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { InvalidMessageError } from '../../../lib/index.js';
import type { MessageListOptions, QueuedMessage } from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { untyped } from '../../support/button-messages.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { until } from '../../support/time.js';

jest.setTimeout(120_000);

const ALWAYS = Number.POSITIVE_INFINITY;

let simulator: GatewaySimulator;
afterEach(() => simulator.heal());

const timesSent = (text: string) => simulator.messages().filter((accepted) => accepted.text === text).length;

async function allOf(app: QueueApp, options: MessageListOptions): Promise<QueuedMessage[]> {
  const all: QueuedMessage[] = [];
  for await (const each of app.queue.list(options)) all.push(each);
  return all;
}

const idsOf = (messages: readonly QueuedMessage[]) => messages.map(({ id }) => id);

describe.each(ENGINES)('ButtonMessagingQueue.list, retry and cancel on %s', (engine) => {
  let place: Place;
  let app: QueueApp;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    app = await QueueApp.start(simulator, { engine: place.engine, name: place.name }, { retry: {}, breaker: {} });
  });
  afterAll(async () => {
    await app?.close();
    await simulator.close();
    await place.remove();
  });

  /** Enqueues messages that fail in sequence, oldest first. */
  const fail = async (texts: string[], options = {}) => {
    simulator.fail('z-api', 'refused-with-200', ALWAYS);
    const ids: string[] = [];
    for (const text of texts) {
      const { id } = await app.queue.enqueue(message(text), options);
      await app.is(id, 'failed');
      ids.push(id);
    }
    simulator.heal();
    return ids;
  };

  it('lists failed messages, newest first, by page or all', async () => {
    const group = 'listed';
    const ids = await fail(['l-1', 'l-2', 'l-3', 'l-4', 'l-5'], { group });
    const newestFirst = ids.toReversed();
    const options = { state: 'failed', group } as const;
    expect(idsOf(await app.queue.list(options))).toEqual(newestFirst);
    expect(idsOf(await allOf(app, { ...options, limit: 2 }))).toEqual(newestFirst);
    const page = await app.queue.list({ ...options, limit: 2 });
    expect(page[0]).toMatchObject({
      state: 'failed',
      group,
      message: { text: 'l-5' },
      error: { code: 'provider-rejected' },
    });
    expect(idsOf(page)).toEqual(newestFirst.slice(0, 2));
    expect(idsOf(await app.queue.list({ ...options, limit: 2, after: page[1]?.id ?? '' }))).toEqual(
      newestFirst.slice(2, 4),
    );
    expect(idsOf(await app.queue.list({ ...options, after: newestFirst[3] ?? '' }))).toEqual(newestFirst.slice(4));
    expect(await app.queue.list({ ...options, after: newestFirst[4] ?? '' })).toEqual([]);
    expect(await app.queue.retry({ group })).toBe(5);
    for (const id of ids) await app.is(id, 'sent');
  });

  it('lists waiting messages in sending order, then the other states', async () => {
    await app.queue.pause();
    const group = 'order';
    const ids: string[] = [];
    for (let index = 0; index < 7; index += 1) ids.push((await app.queue.enqueue(message(`o-${index}`), { group })).id);
    const { id: later } = await app.queue.enqueue(message('later'), { group, sendAt: new Date(Date.now() + 500_000) });
    const { id: sooner } = await app.queue.enqueue(message('sooner'), {
      group,
      sendAt: new Date(Date.now() + 400_000),
    });
    const { id: last } = await app.queue.enqueue(message('last'), { group, priority: 9 });
    const { id: before } = await app.queue.enqueue(message('before'), { group, priority: 2 });
    const waiting = [...ids, before, last];
    expect(idsOf(await app.queue.list({ group, state: 'waiting' }))).toEqual(waiting);
    expect(idsOf(await allOf(app, { group, state: 'waiting', limit: 3 }))).toEqual(waiting);
    expect(idsOf(await allOf(app, { state: 'waiting', limit: 2 }))).toEqual(waiting);
    for (const after of [2, 6, 7]) {
      const rest = await app.queue.list({ group, state: 'waiting', after: waiting[after] ?? '' });
      expect(idsOf(rest)).toEqual(waiting.slice(after + 1));
    }
    expect(idsOf(await app.queue.list({ group, state: 'delayed' }))).toEqual([sooner, later]);
    expect(idsOf(await app.queue.list({ group }))).toEqual([...waiting, sooner, later]);
    expect(idsOf(await app.queue.list({ group, after: last }))).toEqual([sooner, later]);
    expect(await app.queue.counts({ group })).toEqual({
      waiting: 9,
      delayed: 2,
      active: 0,
      sent: 0,
      failed: 0,
      held: 0,
    });
    expect(await app.queue.cancel({ group })).toBe(11);
    expect(await app.queue.cancel({ group })).toBe(0);
    expect(await allOf(app, { group })).toEqual([]);
    await app.queue.resume();
  });

  it('iterates over all messages while some are cancelled', async () => {
    await app.queue.pause();
    const group = 'taken out';
    const many = Array.from({ length: 30 }, (_, index) => message(`t-${index}`));
    for await (const { error } of app.queue.enqueueMany(many, { group })) expect(error).toBeUndefined();
    const seen: string[] = [];
    for await (const { id } of app.queue.list({ state: 'waiting', limit: 4 })) {
      seen.push(id);
      if (seen.length % 3 > 0) expect(await app.queue.cancel(id)).toBe(true);
    }
    expect(new Set(seen).size).toBe(30);
    expect(seen.length).toBe(30);
    expect(await app.queue.cancel({ group })).toBe(10);
    await app.queue.resume();
  });

  it('lists the held messages of a recipient in any phone number format', async () => {
    simulator.fail('z-api', 'drop-after-accepting', 3);
    const held: string[] = [];
    for (const text of ['h-1', 'h-2', 'h-3']) {
      const { id } = await app.queue.enqueue({ ...message(text), to: '5521988887777' });
      await app.is(id, 'held');
      held.unshift(id);
    }
    for (const to of ['+55 (21) 8888-7777', { phone: '5521988887777' }, '552188887777']) {
      expect(idsOf(await app.queue.list({ to, state: 'held' }))).toEqual(held);
      expect(idsOf(await app.queue.list({ to }))).toEqual(held);
    }
    expect(idsOf(await allOf(app, { state: 'held', limit: 1 }))).toEqual(held);
    expect(idsOf(await app.queue.list({ state: 'held', limit: 1, after: held[0] ?? '' }))).toEqual(held.slice(1, 2));
    expect(await app.queue.list({ to: '5521988887778' })).toEqual([]);
    for await (const { id } of app.queue.list({ state: 'held', limit: 1 })) await app.queue.release(id, 'discard');
    expect((await app.queue.counts()).held).toBe(0);
  });

  it('rejects invalid options with their path', async () => {
    const FAULTS: [path: string, options: object][] = [
      ['options.state', { state: 'done' }],
      ['options.limit', { limit: 0 }],
      ['options.limit', { limit: 1_001 }],
      ['options.limit', { limit: '10' }],
      ['options.group', { group: '' }],
      ['options.to', { to: 7 }],
      ['options.to', { to: {} }],
      ['options.after', { after: 7 }],
      ['options.sate', { sate: 'failed' }],
    ];
    for (const [path, options] of FAULTS) {
      const list = async () => app.queue.list(untyped(options));
      await expect(list()).rejects.toMatchObject({ code: 'invalid-message', issues: [{ path }] });
    }
    for (const slip of [{ group: undefined }, { group: '' }, { grup: 'a' }, { group: 7 }]) {
      await expect(app.queue.retry(untyped(slip))).rejects.toBeInstanceOf(InvalidMessageError);
      await expect(app.queue.cancel(untyped<{ group: string }>(slip))).rejects.toBeInstanceOf(InvalidMessageError);
    }
    await expect(app.queue.cancel(untyped<{ group: string }>({}))).rejects.toBeInstanceOf(InvalidMessageError);
    for (const id of ['meta', '', randomUUID(), 'a:b', undefined, null, 7]) {
      expect(await app.queue.retry(untyped(id))).toBe(0);
      expect(await app.queue.list({ state: 'sent', limit: 1, after: `${id}x` })).toBeInstanceOf(Array);
    }
  });

  it('retries a failed message once, with all its attempts', async () => {
    const [id = ''] = await fail(['again']);
    const failed = await app.queue.find(id);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'provider-rejected' } });
    const retried = await Promise.all(Array.from({ length: 8 }, () => app.queue.retry(id)));
    expect(retried.filter((count) => count === 1).length).toBeGreaterThanOrEqual(1);
    const sent = await app.is(id, 'sent');
    expect(sent).toMatchObject({ id, state: 'sent', attempts: 1 });
    expect(sent?.error).toBeUndefined();
    expect(timesSent('again')).toBe(1);
    expect(await app.queue.retry(id)).toBe(0);
    expect(app.events.filter((event) => event.kind === 'retried' && event.id === id).length).toBe(1);
    expect(timesSent('again')).toBe(1);
  });

  it('retries the failed messages of a group, or all', async () => {
    const [one, other] = ['retried-a', 'retried-b'];
    const inOne = await fail(['a-1', 'a-2', 'a-3'], { group: one });
    const inOther = await fail(['b-1', 'b-2'], { group: other });
    expect(await app.queue.counts({ group: one })).toMatchObject({ failed: 3, sent: 0 });
    expect(await app.queue.retry({ group: one })).toBe(3);
    for (const id of inOne) await app.is(id, 'sent');
    expect(await app.queue.counts({ group: one })).toMatchObject({ failed: 0, sent: 3 });
    expect(await app.queue.counts({ group: other })).toMatchObject({ failed: 2, sent: 0 });
    expect(await app.queue.retry({ group: 'nobody' })).toBe(0);
    expect(await app.queue.retry({})).toBe(2);
    for (const id of inOther) await app.is(id, 'sent');
    for (const text of ['a-1', 'a-2', 'a-3', 'b-1', 'b-2']) expect(timesSent(text)).toBe(1);
    expect(await app.queue.retry({})).toBe(0);
  });

  it('retries each message that fails again only once per call', async () => {
    await fail(['f-1', 'f-2', 'f-3'], { group: 'again in vain' });
    simulator.fail('z-api', 'refused-with-200', ALWAYS);
    let tried = 0;
    for await (const { id } of app.queue.list({ state: 'failed', limit: 1 })) {
      tried += await app.queue.retry(id);
      await app.is(id, 'failed');
    }
    expect(tried).toBe(3);
    expect(await app.queue.retry({})).toBe(3);
    await until(async () => (await app.queue.counts()).failed === 3);
    simulator.heal();
    expect(await app.queue.retry({})).toBe(3);
    await until(async () => (await app.queue.counts({ group: 'again in vain' })).sent === 3);
  });

  it('does not retry a message after its deadline', async () => {
    const [id = ''] = await fail(['too late'], { deadlineMs: 1_500 });
    await until(async () => {
      const job = await app.connection.messages.getJob(id);
      return (job?.data.deadlineAt ?? Date.now()) < Date.now();
    });
    expect(await app.queue.retry(id)).toBe(0);
    expect(await app.queue.retry({})).toBe(0);
    expect(await app.queue.find(id)).toMatchObject({ state: 'failed' });
  });

  it('finds and cancels a message by its idempotency key', async () => {
    const options = { idempotencyKey: 'appointment 12', sendAt: new Date(Date.now() + 600_000) };
    const { id } = await app.queue.enqueue(message('keyed'), options);
    expect(await app.queue.find({ idempotencyKey: 'appointment 12' })).toMatchObject({ id, state: 'delayed' });
    expect(await app.queue.find({ idempotencyKey: 'appointment 12', account: 'z-api' })).toMatchObject({ id });
    expect(await app.queue.find({ idempotencyKey: 'appointment 12', account: 'whatsapp-cloud' })).toBeUndefined();
    expect(await app.queue.find({ idempotencyKey: 'appointment 13' })).toBeUndefined();
    expect(await app.queue.cancel({ idempotencyKey: 'appointment 13' })).toBe(false);
    expect(await app.queue.cancel({ idempotencyKey: 'appointment 12' })).toBe(true);
    expect(await app.queue.find(id)).toBeUndefined();
  });

  it('enqueues many messages with a key each and options of their own', async () => {
    const sendAt = new Date(Date.now() + 600_000);
    const messages = Array.from({ length: 5 }, (_, index) => message(`own-${index}`));
    const enqueue = async (items: typeof messages) => {
      const ids = new Map<string, string | undefined>();
      const options = { idempotencyKey: 'campaign', group: 'campaign', sendAt };
      for await (const { index, id } of app.queue.enqueueMany(items, options)) ids.set(items[index]?.text ?? '', id);
      return ids;
    };
    const first = await enqueue(messages);
    expect(new Set(first.values()).size).toBe(5);
    // A changed list must not change the key of a message.
    const withoutOne = await enqueue(messages.slice(1));
    for (const [text, id] of withoutOne) expect(first.get(text)).toBe(id);
    const shuffled = await enqueue(messages.toReversed());
    for (const [text, id] of first) expect(shuffled.get(text)).toBe(id);
    expect(await app.queue.counts({ group: 'campaign' })).toMatchObject({ delayed: 5 });
    expect(await app.queue.cancel({ group: 'campaign' })).toBe(5);

    const own = [
      { message: message('mine'), options: { group: 'mine', idempotencyKey: 'mine' } },
      message('common'),
      { message: message('neither') },
      { message: message('wrong'), options: { priority: -1 } },
    ];
    const results = [];
    for await (const result of app.queue.enqueueMany(own, { group: 'common', sendAt })) results[result.index] = result;
    expect(results[3]?.error).toMatchObject({ code: 'invalid-message', issues: [{ path: 'options.priority' }] });
    expect(await app.queue.find({ idempotencyKey: 'mine' })).toMatchObject({ id: results[0]?.id, group: 'mine' });
    expect(await app.queue.counts({ group: 'common' })).toMatchObject({ delayed: 2 });
    expect((await app.queue.cancel({ group: 'common' })) + (await app.queue.cancel({ group: 'mine' }))).toBe(3);
  });
});

describeOnServers('ButtonMessagingQueue.retry in two processes on %s', (engine) => {
  let place: Place;
  const apps: QueueApp[] = [];
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    const options = { engine: place.engine, name: place.name, events: 'queue' } as const;
    for (let index = 0; index < 2; index += 1) {
      apps.push(await QueueApp.start(simulator, options, { retry: {}, breaker: {} }));
    }
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await simulator.close();
    await place.remove();
  });

  it('sends each message once when both processes retry or repeat its key', async () => {
    const [one, other] = apps;
    if (!one || !other) throw new Error('There are not two');
    simulator.fail('z-api', 'refused-with-200', ALWAYS);
    const messages = Array.from({ length: 20 }, (_, index) => message(`raced-${index}`));
    const keyOf = (index: number) => ({ idempotencyKey: `raced-${index}` });
    const ids = await Promise.all(messages.map((each, index) => one.queue.enqueue(each, keyOf(index))));
    await until(async () => (await one.queue.counts()).failed === 20, 30_000);
    simulator.heal();
    await Promise.all([
      one.queue.retry({}),
      other.queue.retry({}),
      ...messages.map((each, index) => other.queue.enqueue(each, keyOf(index))),
      ...ids.map(({ id }) => one.queue.retry(id)),
    ]);
    await until(async () => (await one.queue.counts()).sent === 20, 30_000);
    expect(messages.map(({ text }) => timesSent(text))).toEqual(messages.map(() => 1));
  });

  it('emits the retried event once in each process', async () => {
    const [one, other] = apps;
    simulator.fail('z-api', 'refused-with-200');
    const { id } = (await one?.queue.enqueue(message('told'))) ?? { id: '' };
    await one?.is(id, 'failed');
    expect(await one?.queue.retry(id)).toBe(1);
    for (const app of [one, other]) {
      await until(() => app?.events.some((event) => event.kind === 'retried' && event.id === id) === true);
      expect(app?.events.filter((event) => event.kind === 'retried' && event.id === id).length).toBe(1);
    }
  });
});
