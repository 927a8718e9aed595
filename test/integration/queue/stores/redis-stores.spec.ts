import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import type { ButtonReplyEvent } from '../../../../lib/events/messaging-event.interface.js';
import {
  type RedisClient,
  RedisIdempotencyStore,
  RedisPacingStore,
  RedisPersonStore,
  RedisRepeatStore,
  RedisReplyExchange,
  RedisSentMessageStore,
  SharedStoreError,
} from '../../../../lib/queue/stores/index.js';
import { hashKey } from '../../../../lib/queue/stores/key-and-ttl.js';
import { deferred, until } from '../../../support/time.js';
import { RedisBackend } from './backends.js';
import { missingServices } from './services.js';
import { buttonReply, rememberedMessage } from './values.js';

const HOUR_MS = 3_600_000;
const PHONE = '5511999990000';
const describeRedis = (await missingServices()).includes('redis') ? describe.skip : describe;

describeRedis('Redis stores', () => {
  let backend: RedisBackend;
  let client: Redis;

  beforeAll(() => {
    backend = new RedisBackend();
    [client] = backend.clients;
  });
  afterAll(() => backend.close());

  const keys = () => client.keys(`${backend.prefix}:*`);

  test('sets a TTL on every key and stores no phone number in a key', async () => {
    await backend.idempotency()[0].reserve(`sales ${PHONE}`, 'f', HOUR_MS);
    await backend.pacing()[0].reserve(`sales ${PHONE}`, { perSecond: 0.01, burst: 1 }, HOUR_MS);
    await backend.pacing()[0].pause(`sales ${PHONE}`, HOUR_MS);
    await backend.sentMessages()[0].remember(rememberedMessage());
    await backend.people()[0].save('sales', { phone: PHONE, lid: `${PHONE}@lid` });
    await backend.repeats()[0].isFirst(`sales ${PHONE}`, HOUR_MS);
    const kept = await keys();
    expect(kept).toHaveLength(9);
    for (const key of kept) {
      expect(await client.pttl(key)).toBeGreaterThan(0);
      expect(key).not.toContain(PHONE);
    }
  });

  test('sends a script in full when the server does not know it', async () => {
    const asked: string[] = [];
    const forgetful: RedisClient = {
      evalsha: async () => {
        asked.push('evalsha');
        throw new Error('NOSCRIPT No matching script. Please use EVAL.');
      },
      eval: (script, numberOfKeys, ...rest) => {
        asked.push('eval');
        return client.eval(script, numberOfKeys, ...rest);
      },
      get: (key) => client.get(key),
      pttl: (key) => client.pttl(key),
      publish: (channel, message) => client.publish(channel, message),
    };
    expect(await new RedisRepeatStore(forgetful, backend.prefix).isFirst('forgotten', HOUR_MS)).toBe(true);
    expect(asked).toEqual(['evalsha', 'eval']);
  });

  test('returns the same result when the driver repeats a request', async () => {
    const repeating: RedisClient = {
      evalsha: async (sha, numberOfKeys, ...rest) => {
        await client.evalsha(sha, numberOfKeys, ...rest);
        return client.evalsha(sha, numberOfKeys, ...rest);
      },
      eval: (script, numberOfKeys, ...rest) => client.eval(script, numberOfKeys, ...rest),
      get: (key) => client.get(key),
      pttl: (key) => client.pttl(key),
      publish: (channel, message) => client.publish(channel, message),
    };
    await backend.idempotency()[0].reserve('known script', 'f', HOUR_MS);
    await backend.repeats()[0].isFirst('known script', HOUR_MS);
    const store = new RedisIdempotencyStore(repeating, backend.prefix);
    expect(await store.reserve('repeated', 'f', HOUR_MS)).toEqual({ state: 'reserved' });
    expect(await new RedisRepeatStore(repeating, backend.prefix).isFirst('repeated', HOUR_MS)).toBe(true);
  });

  test('writes concurrent messages in one command that can be repeated', async () => {
    const commands: string[] = [];
    const repeating: RedisClient = {
      evalsha: async (sha, numberOfKeys, ...rest) => {
        commands.push(sha);
        await client.evalsha(sha, numberOfKeys, ...rest);
        return client.evalsha(sha, numberOfKeys, ...rest);
      },
      eval: (script, numberOfKeys, ...rest) => client.eval(script, numberOfKeys, ...rest),
      get: (key) => client.get(key),
      pttl: (key) => client.pttl(key),
      publish: (channel, text) => client.publish(channel, text),
    };
    await backend.sentMessages()[0].remember(rememberedMessage({ messageIds: ['known script'] }));
    const store = new RedisSentMessageStore(repeating, backend.prefix);
    const messages = ['a', 'b', 'c'].map((id) =>
      rememberedMessage({ messageIds: [`repeated ${id}`], recipients: ['repeated'] }),
    );
    await Promise.all(messages.map((message) => store.remember(message)));
    expect(commands).toHaveLength(1);
    expect(await store.recentTo('sales', 'repeated')).toStrictEqual(messages.toReversed());
  });

  test('reads the sent messages of version 0.1 and adds to them', async () => {
    const [store] = backend.sentMessages();
    const { messageIds, recipients, ...rest } = rememberedMessage();
    const old = JSON.stringify({ ...rest, messageId: 'old', recipient: 'of-old' });
    await client.set(`${backend.prefix}:sent:id:${hashKey('sales', 'old')}`, old, 'PX', HOUR_MS);
    await client.set(`${backend.prefix}:sent:to:${hashKey('sales', 'of-old')}`, old, 'PX', HOUR_MS);
    const asNow = rememberedMessage({ messageIds: ['old'], recipients: ['of-old'] });
    expect(await store.byMessageId('sales', 'old')).toStrictEqual(asNow);
    const next = rememberedMessage({ messageIds: ['next'], recipients: ['of-old'] });
    await store.remember(next);
    expect(await store.recentTo('sales', 'of-old')).toStrictEqual([next, asNow]);
  });

  test('keeps people for 90 days', async () => {
    await backend.people()[0].save('sales', { phone: '551199990077', lid: '90000000000077@lid' });
    for (const key of ['551199990077', '90000000000077@lid']) {
      const ttl = await client.pttl(`${backend.prefix}:person:${hashKey('sales', key)}`);
      expect(ttl).toBeGreaterThan(90 * 24 * HOUR_MS - 60_000);
      expect(ttl).toBeLessThanOrEqual(90 * 24 * HOUR_MS);
    }
  });

  test('delivers replies again after a lost connection', async () => {
    const [one, other] = await backend.exchange();
    const heard: ButtonReplyEvent[] = [];
    one.subscribe('cut', (reply) => heard.push(reply));
    const [subscriber] = backend.subscribers;
    const lost = deferred();
    subscriber.once('close', () => lost.resolve());
    subscriber.stream.destroy();
    await lost.promise;
    await until(async () => {
      await other.publish('cut', buttonReply());
      return heard.length > 0;
    });
    expect(heard[0]).toStrictEqual(buttonReply());
  });

  test('delivers a reply to other listeners when one of them throws', async () => {
    const [one, other] = await backend.exchange();
    const heard: ButtonReplyEvent[] = [];
    one.subscribe('faulty', () => {
      throw new Error('of the listener');
    });
    one.subscribe('faulty', (reply) => heard.push(reply));
    await other.publish('faulty', buttonReply());
    await until(() => heard.length > 0);
  });

  test('ignores published data that is not a reply', async () => {
    const [one, other] = await backend.exchange();
    const heard: ButtonReplyEvent[] = [];
    one.subscribe('noise', (reply) => heard.push(reply));
    for (const noise of ['', '\n', 'x', 'a b\n{', 'a b\n{}']) await client.publish(`${backend.prefix}:replies`, noise);
    await other.publish('noise', buttonReply());
    await until(() => heard.length > 0);
    expect(heard).toHaveLength(1);
  });

  test('fails without the stored content in the error', async () => {
    const before = await keys();
    const [store] = backend.idempotency();
    await store.reserve('spoiled', 'f', HOUR_MS);
    const [key] = (await keys()).filter((each) => !before.includes(each));
    await client.set(key ?? '', 'no hash');
    const error = await store.complete('spoiled', { text: `to ${PHONE}` })?.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SharedStoreError);
    expect(error).toMatchObject({ code: 'shared-store', outcome: 'not-sent', retryable: true, reason: 'WRONGTYPE' });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain(PHONE);
  });

  describe('without a server', () => {
    let away: Redis;

    beforeAll(() => {
      away = new Redis({ port: 1, enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy: () => 10 });
      away.on('error', () => {});
    });
    afterAll(() => away.disconnect());

    test('fails with SharedStoreError, without the stored content', async () => {
      const calls = [
        () => new RedisIdempotencyStore(away, 'p').reserve(PHONE, 'f', HOUR_MS),
        () => new RedisIdempotencyStore(away, 'p').complete(PHONE, PHONE),
        () => new RedisPacingStore(away, 'p').reserve(PHONE, { perSecond: 1, burst: 1 }, HOUR_MS),
        async () => new RedisPacingStore(away, 'p').pausedFor([PHONE]),
        () => new RedisSentMessageStore(away, 'p').remember(rememberedMessage()),
        () => new RedisSentMessageStore(away, 'p').recentTo('sales', PHONE),
        () => new RedisPersonStore(away, 'p').find('sales', PHONE),
        () => new RedisPersonStore(away, 'p').save('sales', { phone: PHONE }),
        () => new RedisRepeatStore(away, 'p').isFirst(PHONE, HOUR_MS),
      ];
      for (const call of calls) {
        const error = await call().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(SharedStoreError);
        expect(inspect(error, { depth: null, showHidden: true })).not.toContain(PHONE);
      }
    });

    test('delivers replies in the own process and limits the wait in ready()', async () => {
      const exchange = new RedisReplyExchange(away, away.duplicate({ retryStrategy: () => null }), 'p');
      const heard: ButtonReplyEvent[] = [];
      exchange.subscribe('alone', (reply) => heard.push(reply));
      expect(await exchange.ready(20)).toBe(false);
      await expect(exchange.publish('alone', buttonReply())).rejects.toBeInstanceOf(SharedStoreError);
      expect(heard).toEqual([buttonReply()]);
      await exchange.close();
    });
  });
});
