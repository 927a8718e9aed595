import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Controller, type INestApplication, Post } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ButtonMessagingEvents, ButtonMessagingModule, type MessagingEvent } from '../../../lib/index.js';
import {
  ButtonMessagingQueue,
  ButtonMessagingQueueModule,
  type ButtonMessagingQueueOptions,
} from '../../../lib/queue/index.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { QueueProcess } from '../../stress/chaos/queue-process.js';
import { compileLibrary } from '../../support/queue/compiled-library.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { describeOnServers } from '../../support/queue/on-servers.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { ServerProxy } from '../../support/queue/server-proxy.js';
import { timed, until } from '../../support/time.js';

jest.setTimeout(120_000);
let library: string;
beforeAll(async () => {
  library = await mkdtemp(join(tmpdir(), 'queue-library-'));
  await compileLibrary(library);
});
afterAll(() => rm(library, { recursive: true, force: true }));

@Controller()
class Orders {
  constructor(private readonly queue: ButtonMessagingQueue) {}

  @Post('order')
  async order() {
    return this.queue.enqueue(message('ordered while it closed'));
  }
}

describe.each(ENGINES)('Application shutdown with a queue on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
  });
  afterAll(async () => {
    await simulator.close();
    await place.remove();
  });
  const accepted = (text: string) => simulator.messages().filter((one) => one.text === text).length;

  it('accepts webhooks and messages until the HTTP server closes, and none after', async () => {
    const setup = { engine: place.engine, name: place.name };
    const app = await startListening(simulator, setup);
    const url = await app.getUrl();
    const queue = app.get(ButtonMessagingQueue);
    simulator.fail('z-api', { delayMs: 1_500 });
    const { id } = await queue.enqueue(message('in flight'));
    await until(() => accepted('in flight') === 1);
    let closed = false;
    const closing = app.close().then(() => {
      closed = true;
    });
    // The application is now waiting for messages in flight.
    const heard: MessagingEvent[] = [];
    app.get(ButtonMessagingEvents).events$.subscribe((event) => heard.push(event));
    simulator.webhooks(`${url}/webhooks`);
    const pressed = await simulator.press(simulator.messages().find(({ text }) => text === 'in flight')?.id ?? '', 'A');
    expect(pressed.status).toBe(200);
    const order = await fetch(`${url}/order`, { method: 'POST' });
    expect([closed, order.status]).toEqual([false, 201]);
    const ordered = ((await order.json()) as { id: string }).id;
    // The reply arrived before the response to its message and is kept until that response arrives.
    await until(() => heard.length === 1);
    expect(heard).toMatchObject([{ kind: 'button-reply', sent: { id } }]);
    await closing;
    await expect(fetch(`${url}/order`, { method: 'POST' })).rejects.toThrow();
    const refused = { code: 'queue-unavailable', outcome: 'not-sent' };
    await expect(queue.enqueue(message('too late'))).rejects.toMatchObject(refused);
    const next = await QueueApp.start(simulator, setup);
    expect((await next.queue.find(id))?.state).toBe('sent');
    await next.is(ordered, 'sent');
    await next.close();
    expect([accepted('in flight'), accepted('ordered while it closed'), accepted('too late')]).toEqual([1, 1, 0]);
  });

  it('lets a process without a worker exit after close', async () => {
    const messaging = { accounts: simulator.accounts(), defaultAccount: 'z-api', logger: false } as const;
    const queue = { engine: place.engine, name: place.name, worker: false };
    const process = QueueProcess.start(library, { queue, messaging });
    await process.ready;
    await process.enqueue(message('before the end'));
    expect(await process.close()).toBe(0);
  });
});

describeOnServers('Application shutdown while %s is unavailable', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  let proxy: ServerProxy;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
    proxy = await ServerProxy.before(place.engine);
  });
  afterAll(async () => {
    await proxy.close();
    await simulator.close();
    await place.remove();
  });

  it.each(['cut', 'hang'] as const)('lets the process exit after close (connection: %s)', async (outage) => {
    await proxy.restore();
    const messaging = { accounts: simulator.accounts(), defaultAccount: 'z-api', logger: false } as const;
    const queue = { engine: proxy.engine, name: place.name, events: 'queue', closeTimeoutMs: 1_000 } as const;
    const process = QueueProcess.start(library, { queue, messaging });
    await process.ready;
    await process.enqueue(message('before the end'));
    await proxy[outage]();
    await until(async () => process.find(randomUUID()).then(isFalse, isTrue));
    const { value, ms } = await timed(() => process.close());
    expect(value).toBe(0);
    expect(ms).toBeLessThan(30_000);
  });
});

const isTrue = () => true;
const isFalse = () => false;

async function startListening(
  simulator: GatewaySimulator,
  queue: ButtonMessagingQueueOptions,
): Promise<INestApplication> {
  const accounts = simulator.accounts();
  const messaging = ButtonMessagingModule.forRoot({ logger: false, accounts, defaultAccount: 'z-api', webhooks: {} });
  const module = await Test.createTestingModule({
    imports: [messaging, ButtonMessagingQueueModule.forRoot(queue)],
    controllers: [Orders],
  }).compile();
  const app = module.createNestApplication();
  await app.listen(0, '127.0.0.1');
  return app;
}
