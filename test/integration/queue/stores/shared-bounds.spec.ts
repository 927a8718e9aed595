import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from '../../../support/time.js';
import { type Backend, sharedBackends } from './backends.js';
import { RECIPIENT, rememberedMessage, sentMessage } from './values.js';

const HOUR_MS = 3_600_000;

for (const { name, open } of await sharedBackends()) {
  describe(`Expiry in shared stores on ${name}`, () => {
    let backend: Backend;

    beforeAll(async () => {
      backend = await open();
    });
    afterAll(() => backend.close());

    test('reports "unknown" permanently after the lease of a reservation ended', async () => {
      const [dead, living] = backend.idempotency({ leaseMs: 0 });
      await dead.reserve('died', 'f', HOUR_MS);
      expect(await living.reserve('died', 'f', HOUR_MS)).toEqual({ state: 'unknown' });
      const [patient] = backend.idempotency();
      expect(await patient.reserve('died', 'f', HOUR_MS)).toEqual({ state: 'unknown' });
      expect(await living.reserve('died', 'g', HOUR_MS)).toEqual({ state: 'conflict' });
    });

    test('reports "pending" until the lease of a reservation ends', async () => {
      const [owner, other] = backend.idempotency({ leaseMs: 1_000 });
      await owner.reserve('leased', 'f', HOUR_MS);
      expect(await other.reserve('leased', 'f', HOUR_MS)).toEqual({ state: 'pending' });
      await until(async () => (await other.reserve('leased', 'f', HOUR_MS)).state === 'unknown');
    });

    test.each([
      ['sent', 'done'],
      ['not sent', 'reserved'],
    ])('accepts "%s" from a slow owner after its lease ended', async (outcome, state) => {
      const [slow, other] = backend.idempotency({ leaseMs: 0 });
      const key = `slow, ${outcome}`;
      await slow.reserve(key, 'f', HOUR_MS);
      expect((await other.reserve(key, 'f', HOUR_MS)).state).toBe('unknown');
      await (outcome === 'sent' ? slow.complete(key, sentMessage()) : slow.release(key));
      expect((await other.reserve(key, 'f', HOUR_MS)).state).toBe(state);
    });

    test('ignores an owner that settles a key after its TTL', async () => {
      const [late, next] = backend.idempotency();
      for (const settle of ['complete', 'unknown', 'release'] as const) {
        const key = `late ${settle}`;
        await late.reserve(key, 'f', 1);
        await until(async () => (await next.reserve(key, 'f', HOUR_MS)).state === 'reserved');
        await late[settle](key, 'value of the late one');
        expect(await late.reserve(key, 'f', HOUR_MS)).toEqual({ state: 'pending' });
        await next.complete(key, 'value');
        expect(await late.reserve(key, 'f', HOUR_MS)).toEqual({ state: 'done', value: 'value' });
      }
    });

    test('forgets sent messages after keepMs', async () => {
      const [one, other] = backend.sentMessages({ keepMs: 20 });
      await one.remember(rememberedMessage());
      await until(async () => (await other.byMessageId('sales', 'M1')) === undefined);
      await until(async () => (await other.recentTo('sales', RECIPIENT)).length === 0);
    });

    test('remembers no sent messages when keepMs is 0', async () => {
      const [one, other] = backend.sentMessages({ keepMs: 0 });
      await one.remember(rememberedMessage());
      expect(await other.byMessageId('sales', 'M1')).toBeUndefined();
      expect(await other.recentTo('sales', RECIPIENT)).toEqual([]);
    });

    test('restores no forgotten message when the next one is remembered', async () => {
      const recipients = ['551199990099'];
      const [brief, other] = backend.sentMessages({ keepMs: 1 });
      await brief.remember(rememberedMessage({ messageIds: ['old'], recipients }));
      await until(async () => (await other.recentTo('sales', '551199990099')).length === 0);
      const [lasting] = backend.sentMessages();
      const next = rememberedMessage({ messageIds: ['next'], recipients });
      await lasting.remember(next);
      expect(await other.recentTo('sales', '551199990099')).toStrictEqual([next]);
    });
  });
}
