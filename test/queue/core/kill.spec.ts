import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { timed, until } from '../../harness/time.js';
import { Child } from '../embedded/child-process.js';
import { compileLibrary } from './compiled-library.js';
import { ENGINES, placeOn } from './engines.js';
import { QueueApp } from './queue-app.js';

jest.setTimeout(120_000);
const MESSAGES = Number(process.env.KILL_MESSAGES ?? 300);
const KILLS = Number(process.env.KILLS ?? 2);

/** Enqueues messages, of which it tells the ids, and sends them meanwhile; with 0 of them it ends at once. */
const SCRIPT = `
const [library, options, accounts, from, count] = process.argv.slice(1);
await import('reflect-metadata');
const { NestFactory } = await import('@nestjs/core');
const { ButtonMessagingModule } = await import(library + '/index.js');
const { ButtonMessagingQueue, ButtonMessagingQueueModule } = await import(library + '/queue/index.js');
class AppModule {}
const messaging = ButtonMessagingModule.forRoot({ accounts: JSON.parse(accounts), defaultAccount: 'z-api', logger: false });
const imports = [messaging, ButtonMessagingQueueModule.forRoot(JSON.parse(options))];
const app = await NestFactory.createApplicationContext({ module: AppModule, imports }, { logger: false });
function* messages() {
  for (let index = Number(from); index < Number(from) + Number(count); index += 1) {
    const to = '55119' + String(80000000 + index);
    yield { to, text: 'kill ' + index, buttons: [{ type: 'reply', id: 'a', title: 'A' }] };
  }
}
console.log('ready');
for await (const { index, id } of app.get(ButtonMessagingQueue).enqueueMany(messages())) {
  if (id) console.log('accepted ' + (Number(from) + index) + ' ' + id);
}
if (count === '0') await app.close();
`;

describe.each(ENGINES)('on %s', (engine) => {
  let directory: string;
  let simulator: GatewaySimulator;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'queue-library-'));
    await compileLibrary(directory);
    simulator = await GatewaySimulator.start();
  });
  afterAll(async () => {
    await simulator.close();
    await rm(directory, { recursive: true, force: true });
  });

  const run = (options: object, from: number, count: number) =>
    Child.run(
      SCRIPT,
      directory,
      JSON.stringify(options),
      JSON.stringify(simulator.accounts()),
      String(from),
      String(count),
    );
  const times = (index: string) => simulator.messages().filter(({ text }) => text === `kill ${index}`).length;

  it('loses nothing and sends nothing twice when it is killed', async () => {
    const place = await placeOn(engine);
    const options = { engine: place.engine, name: place.name };
    const accepted: [string, string][] = [];
    for (let kill = 0; kill < KILLS; kill += 1) {
      const sentBefore = simulator.messages().length;
      const child = run(options, kill * MESSAGES, MESSAGES);
      await until(() => simulator.messages().length >= sentBefore + 20 + Math.floor(Math.random() * 100), 60_000);
      await child.kill();
      for (const line of child.lines) {
        const [, index, id] = /^accepted (\d+) (\S+)$/.exec(line) ?? [];
        if (index !== undefined && id !== undefined) accepted.push([index, id]);
      }
    }
    const app = await QueueApp.start(simulator, options);
    const { ms } = await timed(() =>
      until(async () => {
        const { waiting, delayed, active } = await app.queue.counts();
        return waiting + delayed + active === 0;
      }, 60_000),
    );
    let held = 0;
    for (const [index, id] of accepted) {
      const state = (await app.queue.find(id))?.state;
      if (state === 'held') held += 1;
      else expect([index, state]).toEqual([index, 'sent']);
      if (state === 'sent') expect([index, times(index)]).toEqual([index, 1]);
      else expect(times(index)).toBeLessThanOrEqual(1);
    }
    if (process.env.FIGURES) {
      console.log(
        `${engine}: ${accepted.length} accepted, ${held} held, ${KILLS} kills, over ${Math.round(ms)} ms after the restart`,
      );
    }
    expect(accepted.length).toBeGreaterThan(0);
    await app.close();
    await place.remove();
  });

  it('ends by itself once it is closed', async () => {
    const place = await placeOn(engine);
    const child = run({ engine: place.engine, name: place.name }, 0, 0);
    const { value: code, ms } = await timed(() => child.ended());
    expect(code).toBe(0);
    if (process.env.FIGURES) console.log(`${engine}: opened, closed and ended within ${Math.round(ms)} ms`);
    await place.remove();
  });
});
