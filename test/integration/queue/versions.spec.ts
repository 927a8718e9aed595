import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { QueuedMessage } from '../../../lib/queue/index.js';
import { JOB_VERSION } from '../../../lib/queue/job-version.js';
import { GatewaySimulator } from '../../../lib/simulator/index.js';
import { untyped } from '../../support/button-messages.js';
import { ENGINES, type Place, placeOn } from '../../support/queue/engines.js';
import { message, QueueApp } from '../../support/queue/queue-app.js';
import { RecordingLogger } from '../../support/recording-logger.js';
import { until } from '../../support/time.js';

jest.setTimeout(60_000);

/** Message data that other versions may have written. */
const SHAPES: [what: string, data: unknown][] = [
  ['without options', { message: message('old'), accounts: ['z-api'], enqueuedAt: 1_000 }],
  ['without accounts', { message: message('old'), options: { account: 'z-api' }, enqueuedAt: 1_000 }],
  ['without a time', { message: message('old'), options: {}, accounts: ['z-api'] }],
  ['with its content in other fields', { version: 7, content: { text: 'new' }, to: '5511999990001' }],
  ['with a string as message', { version: 7, message: 'Hello' }],
  ['without any field', {}],
  ['that is null', null],
  ['that is an array', [1, 2]],
  ['that is a string', 'Hello'],
  [
    'with fields of other types',
    { version: 'two', message: 7, options: 7, accounts: 7, enqueuedAt: 'x', error: 7, once: 7 },
  ],
];

describe.each(ENGINES)('Messages of other versions on %s', (engine) => {
  let simulator: GatewaySimulator;
  let place: Place;
  const apps: QueueApp[] = [];
  const start = async (worker: boolean, logger = new RecordingLogger()) => {
    const options = { engine: place.engine, name: place.name, worker };
    const app = await QueueApp.start(simulator, options, { retry: {}, breaker: {}, logger });
    apps.push(app);
    return { app, logger };
  };
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn(engine);
  });
  afterEach(async () => void (await Promise.all(apps.splice(0).map((app) => app.close()))));
  afterAll(async () => {
    await simulator.close();
    await place.remove();
  });

  it.each(SHAPES)('reads a message %s', async (_, data) => {
    const { app } = await start(false);
    const [id, heldId] = [randomUUID(), randomUUID()];
    await app.connection.messages.add('message', untyped(data), { jobId: id });
    await app.connection.held.add('held', untyped(data), { jobId: heldId });
    expect(await app.queue.find(id)).toMatchObject({ id, state: 'waiting', enqueuedAt: expect.any(Date) });
    expect(await app.queue.find(heldId)).toMatchObject({ id: heldId, state: 'held', attempts: 0 });
    expect((await heldOf(app)).map((held) => held.id)).toContain(heldId);
    expect(await app.queue.counts()).toMatchObject({ waiting: 1, held: 1 });
    await app.queue.release(heldId, 'discard');
    expect(await app.queue.cancel(id)).toBe(true);
    expect(await app.queue.counts()).toMatchObject({ waiting: 0, held: 0 });
  });

  it('queues only what workers of version 1 do not know in a newer format', async () => {
    const { app } = await start(false);
    const { to } = message();
    const versionOf = async ({ id }: { id: string }) => (await app.connection.messages.getJob(id))?.data.version;
    expect(await versionOf(await app.queue.enqueue(message('buttons')))).toBe(1);
    expect(await versionOf(await app.queue.enqueue({ to, text: 'text' }))).toBe(2);
    const windowClosed = { name: 'reminder', language: 'pt_BR' };
    expect(await versionOf(await app.queue.enqueue(message('buttons'), { windowClosed }))).toBe(2);
  });

  it('delays messages of a newer version, sends the others, and logs it once', async () => {
    const { app: producer } = await start(false);
    const ids = [randomUUID(), randomUUID()];
    const newer = {
      version: JOB_VERSION + 4,
      message: message('newer'),
      options: {},
      accounts: ['z-api'],
      enqueuedAt: 1,
    };
    for (const id of ids) await producer.connection.messages.add('message', untyped(newer), { jobId: id, attempts: 1 });
    const { id: today } = await producer.queue.enqueue(message('today'));
    // The embedded engine supports only one application at a time.
    await Promise.all(apps.splice(0).map((app) => app.close()));
    const { app, logger } = await start(true);
    await app.is(today, 'sent');
    for (const id of ids) expect(await app.is(id, 'delayed')).toMatchObject({ attempts: 0 });
    expect(simulator.messages().filter(({ text }) => text === 'newer').length).toBe(0);
    const lines = logger.lines.filter((line) => line.includes(`version ${JOB_VERSION + 4}`));
    expect(lines.length).toBe(1);
    expect(lines[0]).toContain('Update nestjs-button-messaging');
    expect(app.events.filter(({ kind }) => kind === 'failed')).toEqual([]);
    for (const id of ids) expect(await app.queue.cancel(id)).toBe(true);
  });

  it('releases a held message of a newer version with all its fields', async () => {
    const { app } = await start(true);
    const id = randomUUID();
    const data = {
      version: 9,
      message: { ...message('held'), novelty: { deep: [1] } },
      novelty: 'kept',
      options: { x: 1 },
    };
    await app.connection.held.add('held', untyped({ ...data, attempts: 1 }), { jobId: id });
    expect(await app.queue.find(id)).toMatchObject({ id, state: 'held', message: { text: 'held' } });
    await app.queue.release(id, 'resend');
    await until(async () => (await app.queue.find(id))?.state === 'delayed');
    expect((await app.connection.messages.getJob(id))?.data).toMatchObject(data);
    expect(simulator.messages().filter(({ text }) => text === 'held').length).toBe(0);
    expect(await app.queue.cancel(id)).toBe(true);
  });

  it('sends a message that was queued without a version', async () => {
    const { app } = await start(true);
    const id = randomUUID();
    const older = { message: message('before versions'), accounts: ['z-api'], enqueuedAt: Date.now() };
    await app.connection.messages.add('message', untyped(older), { jobId: id });
    await app.is(id, 'sent');
  });

  it('finds no message by an id that is a key of the engine', async () => {
    const { app } = await start(true);
    const { id: other } = await app.queue.enqueue(message('there'), { sendAt: new Date(Date.now() + 600_000) });
    const odd = [
      'meta',
      'events',
      'wait',
      'id',
      'marker',
      'failed',
      '',
      ' ',
      '*',
      'a:b',
      `${other}:lock`,
      `${other} `,
      '0',
    ];
    for (const id of [...odd, 'x'.repeat(10_000), '\0', undefined, null, 7, Number.NaN].map((each) =>
      untyped<string>(each),
    )) {
      expect(await app.queue.find(id)).toBeUndefined();
      expect(await app.queue.cancel(id)).toBe(false);
      await app.queue.release(id, 'resend');
      await app.queue.release(id, 'discard');
    }
    expect(await app.queue.find(randomUUID())).toBeUndefined();
    expect(await app.queue.find(other)).toMatchObject({ state: 'delayed' });
    const { id } = await app.queue.enqueue(message('still works'));
    await app.is(id, 'sent');
    expect(await app.queue.cancel(other)).toBe(true);
  });
});

async function heldOf(app: QueueApp): Promise<QueuedMessage[]> {
  const held: QueuedMessage[] = [];
  for await (const each of app.queue.held()) held.push(each);
  return held;
}
