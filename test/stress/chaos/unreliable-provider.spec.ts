import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ButtonMessage, ButtonMessagingModuleOptions, Outcome, SendManyResult } from '../../../lib/index.js';
import { zApiAccount } from '../../support/accounts.js';
import { messageTo, phoneOf } from '../../support/button-messages.js';
import { OpenApps } from '../../support/test-app.js';
import { until } from '../../support/time.js';
import { UnreliableProvider } from './unreliable-provider.js';

const SENDS = Number(process.env.CHAOS_SENDS ?? 3000);
const SEED = Number(process.env.CHAOS_SEED ?? 20_240_229);
const SHARE = 0.2;

const apps = new OpenApps();
let server: UnreliableProvider;
beforeEach(async () => {
  server = await UnreliableProvider.start(SEED, SHARE);
});
afterEach(async () => {
  await apps.close();
  await server.close();
});

const marker = (index: number) => `marker-${index}`;
function* messages(count: number, first = 0): Generator<ButtonMessage> {
  for (let index = first; index < first + count; index += 1)
    yield messageTo(phoneOf(index), `This is ${marker(index)}`);
}

/** Starts an application and sends a few messages, because the first ones of a process are slow. */
async function open(given: ButtonMessagingModuleOptions = {}) {
  const accounts = [zApiAccount(server.url)];
  const { messaging } = await apps.open({ accounts, http: { timeoutMs: 1_000 }, breaker: false, ...given });
  for await (const _ of messaging.sendMany(messages(40, 1_000_000), { concurrency: 4 }));
  return messaging;
}

interface End {
  marker: string;
  outcome: Outcome | 'sent';
  accepted: number;
}
const endOf = ({ index, sent, error }: SendManyResult): Omit<End, 'accepted'> => ({
  marker: marker(index),
  outcome: sent ? 'sent' : (error?.outcome ?? 'unknown'),
});

/** Combines the outcome of every call with the number of times the server accepted the message. */
async function compared(ends: Omit<End, 'accepted'>[]): Promise<End[]> {
  await until(() => server.idle);
  return ends.map((end) => ({ ...end, accepted: server.times(end.marker) }));
}

async function sentThrough(results: AsyncIterable<SendManyResult>): Promise<End[]> {
  const ends: Omit<End, 'accepted'>[] = [];
  for await (const result of results) ends.push(endOf(result));
  return compared(ends);
}

/** Returns the calls with a false outcome. */
const lies = (ends: End[]) =>
  ends.filter(
    ({ outcome, accepted }) => (outcome === 'not-sent' && accepted > 0) || (outcome === 'sent' && accepted === 0),
  );
const twice = (ends: End[]) => ends.filter(({ accepted }) => accepted > 1);
const share = (ends: End[], wanted: End['outcome']) =>
  ends.filter(({ outcome }) => outcome === wanted).length / ends.length;

describe('ButtonMessagingService with an unreliable provider', () => {
  it(`sends each of ${SENDS} messages at most once and reports true outcomes`, async () => {
    const ends = await sentThrough((await open()).sendMany(messages(SENDS), { concurrency: 32 }));
    expect(ends).toHaveLength(SENDS);
    expect(twice(ends)).toEqual([]);
    expect(lies(ends)).toEqual([]);
    expect(server.faults.size).toBe(17);
    expect([...server.faults.values()].reduce((a, b) => a + b)).toBeGreaterThan(SENDS * 0.1);
    expect(share(ends, 'sent')).toBeGreaterThan(0.7);
    expect(share(ends, 'unknown')).toBeGreaterThan(0.01);
    expect(share(ends, 'not-sent')).toBeGreaterThan(0.005);
  }, 300_000);

  it('sends each message at most once when the circuit breaker may open', async () => {
    const messaging = await open({ breaker: {} });
    const ends = await sentThrough(messaging.sendMany(messages(Math.ceil(SENDS / 3)), { concurrency: 16 }));
    expect(twice(ends)).toEqual([]);
    expect(lies(ends)).toEqual([]);
  }, 120_000);

  it('sends each message at most once through two accounts', async () => {
    const accounts = ['a', 'b'].map((name) => zApiAccount(server.url, { name }));
    const count = Math.ceil(SENDS / 3);
    const options = { via: ['a', 'b'], concurrency: 32 };
    const ends = await sentThrough((await open({ accounts })).sendMany(messages(count), options));
    expect(ends).toHaveLength(count);
    expect(twice(ends)).toEqual([]);
    expect(lies(ends)).toEqual([]);
  }, 120_000);

  it('sends each message at most once when its idempotency key is used three times', async () => {
    const messaging = await open();
    const count = Math.ceil(SENDS / 6);
    const ends: Omit<End, 'accepted'>[] = [];
    let next = 0;
    const worker = async () => {
      for (let index = next++; index < count; index = next++) {
        const message = messageTo(phoneOf(index), `This is ${marker(index)}`);
        const call = async () =>
          messaging.send(message, { idempotencyKey: marker(index) }).then(
            (sent) => endOf({ index, sent }),
            (error) => endOf({ index, error }),
          );
        ends.push(...(await Promise.all([call(), call()])), await call());
      }
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    const all = await compared(ends);
    expect(all).toHaveLength(count * 3);
    expect(twice(all)).toEqual([]);
    expect(all.filter(({ outcome, accepted }) => outcome === 'sent' && accepted === 0)).toEqual([]);
    const last = all.filter((_, position) => position % 3 === 2);
    expect(lies(last)).toEqual([]);
  }, 120_000);

  it('reports true outcomes with unknownOutcome "resend", which sends some twice', async () => {
    const messaging = await open({ retry: { unknownOutcome: 'resend', baseDelayMs: 10 } });
    const ends = await sentThrough(messaging.sendMany(messages(Math.ceil(SENDS / 3)), { concurrency: 32 }));
    expect(lies(ends)).toEqual([]);
    expect(twice(ends).length).toBeGreaterThan(0);
    expect(share(ends, 'sent')).toBeGreaterThan(0.75);
  }, 120_000);
});
