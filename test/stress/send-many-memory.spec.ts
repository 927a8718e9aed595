import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ButtonMessage } from '../../lib/index.js';
import { zApiAccount } from '../support/accounts.js';
import { messageTo, phoneOf } from '../support/button-messages.js';
import { OpenApps } from '../support/test-app.js';

const COUNT = 30_000;
const apps = new OpenApps();
let server: Server;
let received = 0;

beforeAll(async () => {
  // Longer than the time between two requests of a connection on a busy machine.
  server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    received += 1;
    request.resume();
    request.on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"messageId":"M"}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(async () => {
  await apps.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Returns the CPU time of this process, because other processes must not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function median(values: number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

function* messages(): Generator<ButtonMessage> {
  for (let index = 0; index < COUNT; index += 1) yield messageTo(phoneOf(index), `This is number ${index}.`);
}

describe('ButtonMessagingService.sendMany', () => {
  it('keeps memory and speed constant over 30,000 messages', async () => {
    const { port } = server.address() as AddressInfo;
    const accounts = [zApiAccount(`http://127.0.0.1:${port}`)];
    const { messaging } = await apps.open({ accounts, remember: 500 });
    const heaps = new Map<number, number>();
    const times = [processorMs()];
    let done = 0;
    for await (const { error } of messaging.sendMany(messages(), { concurrency: 32 })) {
      if (error) throw error;
      done += 1;
      if (done % (COUNT / 10) === 0) times.push(processorMs());
      if (done === COUNT / 5 || done === COUNT) heaps.set(done, heapBytes());
    }
    expect(done).toBe(COUNT);
    expect(received).toBe(COUNT);
    const growth = (heaps.get(COUNT) ?? Number.NaN) - (heaps.get(COUNT / 5) ?? Number.NaN);
    expect(growth).toBeLessThan(4 * 1024 * 1024);
    const tenths = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // The first tenth includes the work of the compiler.
    expect(median(tenths.slice(-3))).toBeLessThan(median(tenths.slice(1, 4)) * 2.5);
  }, 180_000);
});
