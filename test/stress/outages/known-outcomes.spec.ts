import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Redis } from 'ioredis';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { startOwnPostgres } from '../../support/servers/own-postgres.js';
import { startOwnRedis } from '../../support/servers/own-redis.js';
import { type Outage, type OwnServer, reportMissingServer } from '../../support/servers/own-server.js';
import { until } from '../../support/time.js';

jest.setTimeout(180_000);

const MESSAGES = 100;
const ANSWER_MS = 300;
/** Longer than a worker's lock on its messages. */
const LONG_MS = 12_000;

type Faults = Record<string, () => Promise<unknown>>;

interface Faulty {
  server: OwnServer;
  faults: Faults;
  end(): Promise<void>;
}

const servers = new Map<string, Faulty>();
const redis = await faultyRedis();
if (redis) servers.set('redis', redis);
else reportMissingServer('redis');
const postgres = await faultyPostgres();
if (postgres) servers.set('postgres', postgres);
else reportMissingServer('postgres');

for (const [name, { server, faults, end }] of servers) {
  describe(`Provider responses received while ${name} fails`, () => {
    let simulator: GatewaySimulator;
    beforeAll(async () => {
      simulator = await GatewaySimulator.start({ keep: 10_000 });
      simulator.fail('z-api', { delayMs: ANSWER_MS }, Number.POSITIVE_INFINITY);
    });
    afterAll(async () => {
      await simulator.close();
      await end();
    });

    it.each(Object.entries(faults))('records every response once when %s', async (fault, happens) => {
      const app = await QueueApp.start(simulator, { engine: server.engine, name: fault.replaceAll(/\W/g, '-') });
      try {
        const texts = Array.from({ length: MESSAGES }, (_, index) => `${fault} ${index}`);
        const accepted = () => simulator.messages().filter(({ text }) => text.startsWith(`${fault} `)).length;
        const ids = await Promise.all(texts.map(async (text) => (await app.queue.enqueue(message(text))).id));
        await until(() => accepted() >= MESSAGES / 4);
        await happens();
        await until(async () => {
          const { waiting, delayed, active } = await app.queue
            .counts()
            .catch(() => ({ waiting: 1, delayed: 0, active: 0 }));
          return waiting + delayed + active === 0;
        }, 90_000);
        expect(await app.queue.counts()).toMatchObject({ sent: MESSAGES, held: 0, failed: 0 });
        const times = texts.map((text) => simulator.messages().filter((one) => one.text === text).length);
        expect(times.filter((count) => count !== 1)).toEqual([]);
        await until(() => app.events.filter(({ kind }) => kind === 'sent').length >= MESSAGES);
        expect(new Set(app.events.map(({ kind }) => kind))).toEqual(new Set(['enqueued', 'sent']));
        for (const id of ids) {
          const sent = (await app.queue.find(id))?.sent;
          await until(() => app.remembers(sent));
        }
      } finally {
        await app.close();
      }
    });
  });
}

async function faultyRedis(): Promise<Faulty | undefined> {
  const server = await startOwnRedis();
  if (!server) return undefined;
  const tell = async (...words: [string, ...string[]]) => {
    const client = new Redis(server.port, '127.0.0.1');
    client.on('error', () => undefined);
    const [name, ...values] = words;
    await client.call(name, ...values);
    client.disconnect();
  };
  const faults: Faults = {
    'it stops for longer than a lock lasts': () => during(server.outages.hanging, LONG_MS),
    'it lets nobody in for longer than a lock lasts': () => tell('CLIENT', 'PAUSE', String(LONG_MS), 'ALL'),
    'it is out of memory': async () => {
      await tell('CONFIG', 'SET', 'maxmemory', '1');
      await pause(4 * ANSWER_MS);
      await tell('CONFIG', 'SET', 'maxmemory', '0');
    },
    'it forgets its scripts': () => severalTimes(5, () => tell('SCRIPT', 'FLUSH')),
    'it cuts every connection': () => severalTimes(5, () => tell('CLIENT', 'KILL', 'TYPE', 'normal')),
    'it is restarted': () => severalTimes(3, () => during(server.outages['stopped in order'], 0)),
  };
  return { server, faults, end: () => server.remove() };
}

async function faultyPostgres(): Promise<Faulty | undefined> {
  const server = await startOwnPostgres();
  if (!server) return undefined;
  const faults: Faults = {
    'it stops for longer than a lock lasts': () => during(server.outages.hanging, LONG_MS),
    'it is restarted fast': () => severalTimes(3, () => during(server.outages['restarted fast'], 0)),
    'it is restarted immediately': () => severalTimes(3, () => during(server.outages['restarted immediately'], 0)),
  };
  return { server, faults, end: () => server.remove() };
}

async function during(outage: Outage | undefined, ms: number): Promise<void> {
  if (!outage) throw new Error('The server has no such outage');
  await outage.begin();
  await pause(ms);
  await outage.end();
}

async function severalTimes(times: number, happens: () => Promise<void>): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    await happens();
    await pause(ANSWER_MS);
  }
}
