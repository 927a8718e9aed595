import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { compositeKey } from '../../../lib/message/composite-key.js';
import { idOfKey } from '../../../lib/queue/message-job.factory.js';
import { hashKey } from '../../../lib/queue/stores/key-and-ttl.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { ENGINES, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';

jest.setTimeout(60_000);

const accountNamed = (name: string) => {
  const pacing = { burst: 1, accountBurst: 1 };
  return {
    provider: 'custom:acme',
    name,
    pacing,
    custom: { name: 'acme', map: () => ({ reasons: [] }), send: async () => ({}) },
  } as const;
};

/** Names and keys of a few characters, so that collisions are likely. */
const part = fc.string({
  unit: fc.constantFrom('a', 'b', ' ', ':', '1', '2', '|', '\0', '\n', ',', '"'),
  maxLength: 6,
});
const parts = fc.array(part, { minLength: 1, maxLength: 4 });

describe('Keys of tenants', () => {
  it.each([
    ['compositeKey', compositeKey],
    ['hashKey', hashKey],
  ])('returns different keys for different parts: %s', (_name, keyOf) => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const same = JSON.stringify(one) === JSON.stringify(other);
        expect(keyOf(...one) === keyOf(...other)).toBe(same);
      }),
      { numRuns: 2_000 },
    );
  });

  it('returns different job ids for different accounts or keys', () => {
    fc.assert(
      fc.property(parts, part, parts, part, (names, key, otherNames, otherKey) => {
        const one = idOfKey(key, names, []);
        const other = idOfKey(otherKey, otherNames, []);
        const same = key === otherKey && JSON.stringify(names) === JSON.stringify(otherNames);
        expect(one === other).toBe(same);
      }),
      { numRuns: 2_000 },
    );
    expect(idOfKey('brasil payroll-2', undefined, [accountNamed('bank')])).not.toBe(
      idOfKey('payroll-2', undefined, [accountNamed('bank brasil')]),
    );
    expect(idOfKey('k', ['bank'], [])).toBe(idOfKey('k', undefined, [accountNamed('bank')]));
  });
});

describe.each(ENGINES)('Idempotency keys of tenants on %s', (engine) => {
  it('keeps messages of accounts with similar names apart', async () => {
    const simulator = await GatewaySimulator.start();
    const place = await placeOn(engine);
    const [account] = simulator.accounts();
    if (!account) throw new Error('The simulator has no account');
    const accounts = ['bank', 'bank brasil', 'bank 1'].map((name) => ({ ...account, name }));
    const queue = { engine: place.engine, name: place.name, worker: false };
    const app = await QueueApp.start(simulator, queue, { accounts, defaultAccount: 'bank' });
    const pairs = [
      { account: 'bank', idempotencyKey: 'brasil payroll-2' },
      { account: 'bank brasil', idempotencyKey: 'payroll-2' },
      { account: 'bank', idempotencyKey: '1 payroll' },
      { account: 'bank 1', idempotencyKey: 'payroll' },
    ];
    const ids = await Promise.all(pairs.map(async (options) => (await app.queue.enqueue(message(), options)).id));
    expect(new Set(ids).size).toBe(4);
    for (const [index, which] of pairs.entries()) expect((await app.queue.find(which))?.id).toBe(ids[index]);
    await app.close();
    await place.remove();
    await simulator.close();
  });
});
