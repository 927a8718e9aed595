import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { untyped } from '../../support/button-messages.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { newRedis } from './stores/services.js';

jest.setTimeout(60_000);

const FOREIGN_DATA: [name: string, data: unknown][] = [
  ['a string', 'x'],
  ['null', null],
  ['an array', [1, 2]],
  ['a number', 7],
  ['malformed', { message: { to: 'x', buttons: 7 }, error: 7, attempts: 'x', enqueuedAt: 1e300, group: {} }],
];

const held = (id: number) => `00000000-0000-4000-8000-00000000000${id}`;
const heldData = () => ({
  version: 1,
  message: message(),
  options: {},
  accounts: ['z-api'],
  enqueuedAt: 1,
  attempts: 1,
});

describe.each(ENGINES)('Unreadable messages in the queue on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let app: QueueApp;
  const logger = new RecordingLogger();
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    app = await QueueApp.start(simulator, { engine: place.engine, name: place.name, worker: false }, { logger });
  });
  afterAll(async () => {
    await app?.close();
    await simulator.close();
    await place.remove();
  });

  async function hold(data: readonly unknown[]): Promise<void> {
    for (const [index, each] of data.entries()) {
      await app.connection.held.add('held', untyped<never>(each), { jobId: held(index) });
    }
  }

  async function idsOfHeld(): Promise<string[]> {
    const found: string[] = [];
    for await (const { id } of app.queue.held()) found.push(id);
    return found;
  }

  it.each(FOREIGN_DATA)('lists the other held messages when the data of one is %s', async (_name, data) => {
    await hold([heldData(), data, heldData()]);
    expect(await idsOfHeld()).toEqual([held(2), held(1), held(0)]);
    for (const id of [0, 1, 2]) await app.queue.release(held(id), 'discard');
    expect(await app.queue.counts()).toMatchObject({ held: 0 });
  });

  it('lists all of 230 held messages while some are released', async () => {
    await app.connection.held.addBulk(
      Array.from({ length: 230 }, (_, index) => ({
        name: 'held',
        data: untyped<never>(heldData()),
        opts: { jobId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` },
      })),
    );
    const found: string[] = [];
    for await (const { id } of app.queue.held()) {
      found.push(id);
      if (found.length % 3 === 0) await app.queue.release(id, 'discard');
    }
    expect(new Set(found).size).toBe(230);
    for (const id of await idsOfHeld()) await app.queue.release(id, 'discard');
  });

  /** Ways to damage a message in Redis. PostgreSQL rejects data that is not JSON. */
  const damages: [name: string, damage: (client: ReturnType<typeof newRedis>, key: string) => Promise<unknown>][] = [
    ['not JSON', (client, key) => client.hset(key, 'data', '{"message":')],
    ['empty', (client, key) => client.hset(key, 'data', '')],
    ['of another type', (client, key) => client.set(key, 'x')],
  ];

  if (engine === 'redis') {
    it.each(damages)('skips and logs only the message whose data is %s', async (_name, damage) => {
      logger.lines.length = 0;
      await hold([heldData(), heldData(), heldData()]);
      const client = newRedis();
      await damage(client, `bull:${place.name}-held:${held(1)}`);
      client.disconnect();
      expect(await idsOfHeld()).toEqual([held(2), held(0)]);
      const lines = logger.lines.filter((line) => line.includes(held(1)));
      expect(lines).toEqual([expect.stringContaining('damaged')]);
      const listed: string[] = [];
      for await (const { id } of app.queue.list({})) listed.push(id);
      expect(listed).toEqual([held(2), held(0)]);
      for (const id of [0, 2]) await app.queue.release(held(id), 'discard');
    });

    it('discards a damaged message on release', async () => {
      await hold([heldData()]);
      const client = newRedis();
      await client.hset(`bull:${place.name}-held:${held(0)}`, 'data', '{');
      client.disconnect();
      await app.queue.release(held(0), 'discard');
      expect(await idsOfHeld()).toEqual([]);
    });
  }
});
