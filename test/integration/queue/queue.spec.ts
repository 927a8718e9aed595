import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { filter, mergeMap } from 'rxjs';
import { IdempotencyConflictError, InvalidMessageError, UnknownAccountError } from '../../../lib/index.js';
import type { EnqueueManyResult } from '../../../lib/queue/index.js';
import { GatewaySimulator, metaFault } from '../../../lib/simulator/index.js';
import { untyped } from '../../support/button-messages.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { timed, until } from '../../support/time.js';

jest.setTimeout(60_000);

describe.each(ENGINES)('ButtonMessagingQueue on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let app: QueueApp;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    // Consecutive unknown outcomes are intended here and would open the circuit breaker.
    app = await QueueApp.start(simulator, { engine: place.engine, name: place.name }, { breaker: false });
  });
  afterEach(() => simulator.heal());
  afterAll(async () => {
    await app?.close();
    await simulator.close();
    await place.remove();
  });

  const textsOf = (text: string) => simulator.messages().filter((accepted) => accepted.text === text).length;
  const enqueueUnknown = async (text: string) => {
    simulator.fail('z-api', 'drop-after-accepting');
    const { id } = await app.queue.enqueue(message(text));
    await app.is(id, 'held');
    return id;
  };

  it('sends an enqueued message and remembers it', async () => {
    const { id } = await app.queue.enqueue(message('sent'), { account: 'z-api' });
    const found = await app.is(id, 'sent');
    expect(found).toMatchObject({ id, account: 'z-api', attempts: 1, message: { text: 'sent' } });
    expect(found?.sent).toMatchObject({ id, account: 'z-api', acceptedAt: expect.any(Date) });
    expect(found?.enqueuedAt).toBeInstanceOf(Date);
    expect(textsOf('sent')).toBe(1);
    await until(() => app.events.some((event) => event.kind === 'sent' && event.id === id));
    expect(app.events).toContainEqual({ kind: 'enqueued', id });
  });

  it('sends texts and lists', async () => {
    const { to } = message();
    const list = { button: 'Choose', sections: [{ rows: [{ id: 'nine', title: '9:00', description: 'Dr. Ana' }] }] };
    const text = await app.queue.enqueue({ to, text: 'plain' }, { account: 'z-api' });
    const choice = await app.queue.enqueue({ to, text: 'choice', list }, { account: 'whatsapp-cloud' });
    expect(await app.is(text.id, 'sent')).toMatchObject({ message: { to, text: 'plain' } });
    expect(await app.is(choice.id, 'sent')).toMatchObject({ message: { to, text: 'choice', list } });
    const [found] = simulator.messages().filter((accepted) => accepted.text === 'choice');
    expect(found?.buttons).toMatchObject([{ id: 'nine', title: '9:00' }]);
    expect(textsOf('plain')).toBe(1);
  });

  it('sends the template of windowClosed if the 24-hour window is closed', async () => {
    simulator.fail('whatsapp-cloud', metaFault(131047));
    const windowClosed = { name: 'late_reminder', language: 'pt_BR' };
    const { id } = await app.queue.enqueue(message('late'), { account: 'whatsapp-cloud', windowClosed });
    expect(await app.is(id, 'sent')).toMatchObject({ sent: { id, degraded: 'template' }, message: { text: 'late' } });
    expect([textsOf('late'), textsOf('late_reminder')]).toEqual([0, 1]);
  });

  it('sends a single message within a second', async () => {
    const { ms } = await timed(async () => {
      await app.queue.enqueue(message('lone'));
      await until(() => textsOf('lone') === 1);
    });
    if (process.env.FIGURES) console.log(`${engine}: a lone message was sent within ${ms.toFixed(1)} ms`);
    expect(ms).toBeLessThan(1_000);
  });

  it('rejects invalid messages and options without queueing them', async () => {
    await until(async () => (await app.queue.counts()).active === 0);
    const before = await app.queue.counts();
    await expect(app.queue.enqueue({ ...message(), buttons: [] })).rejects.toBeInstanceOf(InvalidMessageError);
    await expect(app.queue.enqueue(message(), { account: 'nobody' })).rejects.toBeInstanceOf(UnknownAccountError);
    await expect(app.queue.enqueue(message(), { priority: 0 })).rejects.toThrow('options.priority');
    await expect(app.queue.enqueue(message(), { sendAt: new Date('never') })).rejects.toThrow('options.sendAt');
    for (const name of ['idempotenceKey', 'signal', 'lateFallBack']) {
      const refused = { issues: [{ path: `options.${name}`, rule: 'unknownField' }] };
      await expect(app.queue.enqueue(message(), untyped({ [name]: 'x' }))).rejects.toMatchObject(refused);
    }
    const many = app.queue.enqueueMany([message()], untyped({ concurrency: 2, idempotenceKey: 'x' }));
    await expect(many.next()).rejects.toThrow('options.idempotenceKey');
    expect(await app.queue.counts()).toEqual(before);
  });

  it('accepts every option and ignores undefined ones', async () => {
    const options = {
      ...{ account: 'z-api', via: undefined, timeoutMs: 5_000, deadlineMs: 60_000, idempotencyKey: 'every option' },
      ...{ mixed: 'split', fallback: 'text', lateFallback: 'text', sendAt: new Date(), priority: 2 },
      idempotenceKey: undefined,
    } as const;
    const { id } = await app.queue.enqueue(message('every option'), untyped(options));
    expect(await app.is(id, 'sent')).toMatchObject({ id, account: 'z-api' });
  });

  it('queues one message per idempotency key and rejects another under it', async () => {
    const once = message('keyed');
    const options = { idempotencyKey: 'one' };
    const ids = await Promise.all(Array.from({ length: 5 }, () => app.queue.enqueue(once, options)));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    await app.is(ids[0]?.id ?? '', 'sent');
    await app.queue.enqueue(once, options);
    await expect(app.queue.enqueue(message('other'), options)).rejects.toBeInstanceOf(IdempotencyConflictError);
    const otherAccount = await app.queue.enqueue(
      { ...once, to: '5511999990001' },
      { ...options, account: 'whatsapp-cloud' },
    );
    expect(otherAccount.id).not.toBe(ids[0]?.id);
    await app.is(otherAccount.id, 'sent');
    expect(textsOf('keyed')).toBe(2);
  });

  it('delays a message until sendAt', async () => {
    const sendAt = new Date(Date.now() + 700);
    const { id } = await app.queue.enqueue(message('later'), { sendAt });
    expect((await app.queue.find(id))?.state).toBe('delayed');
    const sent = await app.is(id, 'sent');
    expect(sent?.sent?.acceptedAt.getTime()).toBeGreaterThanOrEqual(sendAt.getTime() - 5);
  });

  it('cancels a message only before it is sent', async () => {
    const { id } = await app.queue.enqueue(message('cancelled'), { sendAt: new Date(Date.now() + 60_000) });
    expect(await app.queue.cancel(id)).toBe(true);
    expect(await app.queue.find(id)).toBeUndefined();
    expect(await app.queue.cancel(id)).toBe(false);
    const { id: sent } = await app.queue.enqueue(message());
    await app.is(sent, 'sent');
    expect(await app.queue.cancel(sent)).toBe(false);
    expect((await app.queue.find(sent))?.state).toBe('sent');
  });

  it.each([{}, { priority: 5 }])('cancels a message in a paused queue, enqueued with %j', async (options) => {
    await app.queue.pause();
    const { id } = await app.queue.enqueue(message('cancelled in time'), options);
    expect((await app.queue.counts()).waiting).toBe(1);
    expect(await app.queue.cancel(id)).toBe(true);
    await app.queue.resume();
    const { id: after } = await app.queue.enqueue(message('after it'));
    await app.is(after, 'sent');
    expect(await app.queue.find(id)).toBeUndefined();
    expect(textsOf('cancelled in time')).toBe(0);
  });

  it('never sends a cancelled message when cancel and send race', async () => {
    const ids = await Promise.all(Array.from({ length: 60 }, () => app.queue.enqueue(message('raced'))));
    const cancelled = await Promise.all(ids.map(({ id }) => app.queue.cancel(id)));
    await until(async () => {
      const { waiting, active } = await app.queue.counts();
      return waiting + active === 0;
    });
    expect(textsOf('raced')).toBe(cancelled.filter((taken) => !taken).length);
  });

  it('sends nothing while paused and continues on resume', async () => {
    await app.queue.pause();
    const { id } = await app.queue.enqueue(message('after the pause'), { priority: 1 });
    expect((await app.queue.counts()).waiting).toBe(1);
    expect((await app.queue.find(id))?.state).toBe('waiting');
    await app.queue.resume();
    await app.is(id, 'sent');
  });

  it('pauses one account while it sends for others', async () => {
    await app.queue.pause('z-api');
    const { id } = await app.queue.enqueue(message('paused'));
    const { id: other } = await app.queue.enqueue(message('not paused'), { account: 'whatsapp-cloud' });
    await app.is(other, 'sent');
    await app.is(id, 'delayed');
    await app.queue.resume('z-api');
    await app.is(id, 'sent', 20_000);
    expect(textsOf('paused')).toBe(1);
  });

  it('fails a message at its deadline while its account is paused', async () => {
    await app.queue.pause('z-api');
    const { id } = await app.queue.enqueue(message('too late'), { deadlineMs: 300 });
    await app.is(id, 'failed', 5_000);
    await app.queue.resume('z-api');
    expect(textsOf('too late')).toBe(0);
  });

  it('holds a message of unknown outcome and resends it on release', async () => {
    const id = await enqueueUnknown('unknown');
    expect(await app.queue.find(id)).toMatchObject({
      state: 'held',
      attempts: 1,
      error: { code: 'unknown-outcome', category: 'unknown' },
    });
    expect((await app.queue.counts()).held).toBe(1);
    const held = [];
    for await (const one of app.queue.held()) held.push(one.id);
    expect(held).toEqual([id]);
    await Promise.all([app.queue.release(id, 'resend'), app.queue.release(id, 'resend')]);
    await app.is(id, 'sent');
    expect(textsOf('unknown')).toBe(2);
    expect((await app.queue.counts()).held).toBe(0);
    expect(app.events.filter((event) => event.kind === 'released' && event.id === id).length).toBe(1);
  });

  it('resends messages that are released as soon as they are held', async () => {
    const released = app.queue.events$
      .pipe(
        filter(({ kind }) => kind === 'held'),
        mergeMap(({ id }) => app.queue.release(id, 'resend')),
      )
      .subscribe();
    simulator.fail('z-api', 'drop-after-accepting', 60);
    const ids = await Promise.all(Array.from({ length: 60 }, () => app.queue.enqueue(message('released at once'))));
    await Promise.all(ids.map(({ id }) => app.is(id, 'sent')));
    released.unsubscribe();
    expect(textsOf('released at once')).toBe(120);
  });

  it('deletes a held message that is released with "discard"', async () => {
    const id = await enqueueUnknown('discarded');
    const slip: 'resend' = JSON.parse('"reesend"');
    await expect(app.queue.release(id, slip)).rejects.toThrow('how must be resend or discard');
    expect((await app.queue.find(id))?.state).toBe('held');
    await app.queue.release(id, 'discard');
    expect(await app.queue.find(id)).toBeUndefined();
    await app.queue.release(id, 'resend');
    expect(await app.queue.find(id)).toBeUndefined();
    expect(textsOf('discarded')).toBe(1);
  });

  it('lists and discards more held messages than fit on one page', async () => {
    simulator.fail('z-api', 'drop-after-accepting', 120);
    for await (const { error } of app.queue.enqueueMany(Array.from({ length: 120 }, () => message('many held')))) {
      expect(error).toBeUndefined();
    }
    await until(async () => (await app.queue.counts()).held === 120, 30_000);
    for await (const { id } of app.queue.held()) await app.queue.release(id, 'discard');
    expect((await app.queue.counts()).held).toBe(0);
    expect(textsOf('many held')).toBe(120);
  });

  it('retries an unavailable provider and fails a rejected message', async () => {
    simulator.fail('z-api', 'unavailable', 4);
    const { id } = await app.queue.enqueue(message('again'));
    // An unavailable provider does not count as an attempt of the message.
    expect(await app.is(id, 'sent', 30_000)).toMatchObject({ attempts: 1 });
    expect(textsOf('again')).toBe(1);
    simulator.fail('z-api', 'refused-with-200');
    const { id: refused } = await app.queue.enqueue(message('refused'), { idempotencyKey: 'refused' });
    const failed = await app.is(refused, 'failed');
    expect(failed?.error?.code).toBe('provider-rejected');
    await until(() => app.events.some((event) => event.kind === 'failed' && event.id === refused));
  });

  it('sends each of 300 messages once', async () => {
    const results: EnqueueManyResult[] = [];
    const { ms } = await timed(async () => {
      const all = Array.from({ length: 300 }, () => message('three hundred'));
      for await (const result of app.queue.enqueueMany(all)) results.push(result);
      await until(() => textsOf('three hundred') >= 300, 30_000);
    });
    if (process.env.FIGURES) console.log(`${engine}: ${Math.round((300 / ms) * 1_000)} messages/s`);
    expect(results.every(({ id, error }) => id !== undefined && error === undefined)).toBe(true);
    await until(async () => (await app.queue.counts()).active === 0);
    expect(textsOf('three hundred')).toBe(300);
  });
});
