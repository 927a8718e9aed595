// Compares the durable queue with bare BullMQ, whose job makes the same HTTP request. Interleaved rounds, medians.
// node bench/queue.mjs [--engines redis,postgres,embedded] [--rounds 5] [--messages 2000] [--json FILE]
import 'reflect-metadata';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { ButtonMessagingModule } from 'nestjs-button-messaging';
import { ButtonMessagingQueue, ButtonMessagingQueueModule } from 'nestjs-button-messaging/queue';
import { Pool } from 'undici';
import { isMet } from './report/terminal.mjs';

const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: 'redis,postgres,embedded' },
    rounds: { type: 'string', default: '5' },
    messages: { type: 'string', default: '2000' },
    json: { type: 'string' },
  },
});
const ROUNDS = Number(values.rounds);
const MESSAGES = Number(values.messages);
const REDIS_URL = process.env.TEST_REDIS_URL ?? 'redis://127.0.0.1:6379';
const POSTGRES_URL = process.env.TEST_POSTGRES_URL ?? 'postgres://root@127.0.0.1:5432/test';
const CONCURRENCY = 16;
const AT_A_TIME = 100;
const LONE_MESSAGES = 50;

const provider = fork(new URL('./provider.mjs', import.meta.url));
const [{ port }] = await once(provider, 'message');
const directory = mkdtempSync(join(tmpdir(), 'queue-bench-'));
const name = `bench-${process.pid}`;
const ENGINES = {
  redis: { kind: 'redis', connection: REDIS_URL },
  postgres: { kind: 'postgres', connectionString: POSTGRES_URL },
  embedded: { kind: 'embedded', directory },
};
const engines = values.engines.split(',');
const results = [];

const median = (numbers) => numbers.toSorted((one, other) => one - other)[numbers.length >> 1];
let number = 0;
function nextMessage() {
  number += 1;
  const to = `55119${String(number).padStart(8, '0')}`;
  return { to, text: `Number ${number}`, buttons: [{ type: 'reply', id: 'yes', title: 'Yes' }] };
}

function* nextMessages() {
  for (let index = 0; index < MESSAGES; index += 1) yield nextMessage();
}

/** Runs `work` and returns the messages per second and the longest block of this thread's event loop. */
async function watched(work) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const began = performance.now();
  await work();
  const perSecond = MESSAGES / ((performance.now() - began) / 1_000);
  delay.disable();
  return { perSecond, blockedMs: delay.max / 1e6 };
}

async function openOurs(engine) {
  const account = { provider: 'z-api', name: 'a', instanceId: 'I', token: 'T', baseUrl: `http://127.0.0.1:${port}` };
  class AppModule {}
  Module({
    imports: [
      ButtonMessagingModule.forRoot({ accounts: [account], logger: false }),
      ButtonMessagingQueueModule.forRoot({
        engine: ENGINES[engine],
        name: `${name}-${engine}`,
        concurrency: CONCURRENCY,
      }),
    ],
  })(AppModule);
  const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
  const queue = app.get(ButtonMessagingQueue);
  let sent = 0;
  let acceptedAt;
  queue.events$.subscribe((event) => {
    if (event.kind !== 'sent') return;
    sent += 1;
    acceptedAt = event.sent.acceptedAt.getTime();
  });
  return {
    round: () =>
      watched(async () => {
        const until = sent + MESSAGES;
        for await (const { error } of queue.enqueueMany(nextMessages(), { concurrency: AT_A_TIME }))
          if (error) throw error;
        while (sent < until) await pause(1);
      }),
    /** Returns the time from `enqueue` until the provider accepts the message. */
    lone: async () => {
      const began = Date.now();
      const until = sent + 1;
      await queue.enqueue(nextMessage());
      while (sent < until) await pause(0.5);
      return acceptedAt - began;
    },
    close: () => app.close(),
  };
}

/** Adds and processes jobs as the queue does, with as little else as BullMQ allows. */
async function openBare() {
  const http = new Pool(`http://127.0.0.1:${port}`, { connections: CONCURRENCY });
  const connection = new Redis(REDIS_URL, { maxRetriesPerRequest: null });
  const queue = new Queue(`${name}-bare`, { connection });
  let done = 0;
  const worker = new Worker(
    `${name}-bare`,
    async ({ data: { to, text, buttons } }) => {
      const { statusCode, body } = await http.request({
        path: '/instances/I/token/T/send-button-actions',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ phone: to, message: text, buttonActions: buttons }),
      });
      const { messageId } = await body.json();
      if (statusCode !== 200) throw new Error('Rejected');
      return messageId;
    },
    { connection, concurrency: CONCURRENCY },
  );
  worker.on('completed', () => {
    done += 1;
  });
  await worker.waitUntilReady();
  return {
    round: () =>
      watched(async () => {
        const until = done + MESSAGES;
        const source = nextMessages();
        const add = async () => {
          for (const message of source) await queue.add('message', message);
        };
        await Promise.all(Array.from({ length: AT_A_TIME }, add));
        while (done < until) await pause(1);
      }),
    close: async () => {
      await worker.close();
      await queue.obliterate({ force: true });
      await queue.close();
      connection.disconnect();
      await http.close();
    },
  };
}

function report(what, measured, target) {
  results.push({ what, measured, ...(target && { target, met: isMet(target) }) });
}

const bare = engines.includes('redis') ? await openBare() : undefined;
const ours = new Map();
for (const engine of engines) ours.set(engine, await openOurs(engine));

const rounds = { bare: [], ...Object.fromEntries(engines.map((engine) => [engine, []])) };
// The first round warms up.
for (let round = 0; round <= ROUNDS; round += 1) {
  if (bare) rounds.bare.push(await bare.round());
  for (const engine of engines) rounds[engine].push(await ours.get(engine).round());
  process.stderr.write(round === 0 ? 'warm' : `, round ${round} of ${ROUNDS}`);
}
process.stderr.write('\n');
for (const all of Object.values(rounds)) all.shift();
const pace = (who) => median(rounds[who].map(({ perSecond }) => perSecond));
const blocked = (who) => Math.max(...rounds[who].map(({ blockedMs }) => blockedMs));

if (bare) {
  // Compared within each round, because the machine's speed varies between rounds.
  const ratio = median(rounds.redis.map(({ perSecond }, round) => perSecond / rounds.bare[round].perSecond));
  report('bare BullMQ on Redis', `${pace('bare').toFixed(0)}/s`);
  const measured = `${pace('redis').toFixed(0)}/s, ratio ${ratio.toFixed(2)}`;
  report('the queue on Redis', measured, { name: 'the queue on Redis, of bare BullMQ', value: ratio, least: 0.7 });
}
if (engines.includes('postgres')) report('the queue on PostgreSQL', `${pace('postgres').toFixed(0)}/s`);
if (engines.includes('embedded')) {
  report('the queue, embedded', `${pace('embedded').toFixed(0)}/s`, {
    name: 'the queue, embedded, messages/s',
    value: pace('embedded'),
    least: 450,
  });
  const longest = blocked('embedded');
  report('embedded, main thread blocked', `${longest.toFixed(0)} ms at most`, {
    name: 'the event loop of the embedded queue blocked for, ms',
    value: longest,
    most: 50,
  });
}
for (const engine of engines) {
  const times = [];
  for (let index = 0; index < LONE_MESSAGES; index += 1) {
    await pause(10);
    times.push(await ours.get(engine).lone());
  }
  const worst = Math.max(...times);
  const measured = `median ${median(times).toFixed(1)} ms, worst ${worst.toFixed(1)} ms of ${LONE_MESSAGES}`;
  report(`a lone message, ${engine}`, measured, {
    name: `a lone message on ${engine} sent within, ms`,
    value: worst,
    most: 50,
  });
}
for (const queue of ours.values()) await queue.close();
await bare?.close();
provider.disconnect();
await removeAll();

const machine = `${cpus().length} × ${cpus()[0].model}, Node ${process.version}`;
const widths = [34, 44, 20];
console.log(`${MESSAGES} messages a round, medians of ${ROUNDS}, ${machine}`);
for (const { what, measured, target, met } of results) {
  const wanted = target && (target.least === undefined ? `at most ${target.most}` : `at least ${target.least}`);
  const verdict = target ? (met ? 'met' : 'MISSED') : '';
  console.log([what, measured, wanted ?? ''].map((text, index) => text.padEnd(widths[index])).join('') + verdict);
}
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ machine, messages: MESSAGES, rounds, results }, null, 2)}\n`);
process.exitCode = results.some(({ met }) => met === false) ? 1 : 0;

async function removeAll() {
  rmSync(directory, { recursive: true, force: true });
  const client = new Redis(REDIS_URL);
  for (const pattern of [`bull:${name}*`, `${name}*`]) {
    const keys = await client.keys(pattern);
    for (let start = 0; start < keys.length; start += 1_000) await client.unlink(keys.slice(start, start + 1_000));
  }
  client.disconnect();
  if (!engines.includes('postgres')) return;
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: POSTGRES_URL });
  await pool.query('DELETE FROM bullmq.job WHERE queue LIKE $1', [`${name}%`]);
  await pool.query(`DROP SCHEMA IF EXISTS "${name}-postgres" CASCADE`);
  await pool.end();
}
