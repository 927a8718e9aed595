import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { QueueProcess } from '../../../stress/chaos/queue-process.js';
import { compileLibrary } from '../../../support/queue/compiled-library.js';
import { ENGINES, placeOn } from '../../../support/queue/engines.js';
import { message } from '../../../support/queue/queue-app.js';
import { settled, until } from '../../../support/time.js';
import { ProductionApp, textsOf } from './production-app.js';
import { ZApiInstances } from './z-api-instances.js';

jest.setTimeout(120_000);

const SOCKETS = 64;

describe('Queue after a kill with more concurrent sends than sockets', () => {
  let library: string;
  beforeAll(async () => {
    library = await mkdtemp(join(tmpdir(), 'queue-library-'));
    await compileLibrary(library);
  });
  afterAll(() => rm(library, { recursive: true, force: true }));

  it.each(ENGINES)('holds only messages that the provider received (%s)', async (engine) => {
    const provider = await ZApiInstances.start();
    const { engine: where, name, remove } = await placeOn(engine);
    const queue = { engine: where, name };
    const messaging = { accounts: [provider.account('a')], defaultAccount: 'a' };
    provider.let('a', { kind: 'hangs' });
    const texts = textsOf('in flight', 600);
    const process = QueueProcess.start(library, {
      queue: { ...queue, concurrency: 500 },
      messaging: { ...messaging, logger: false },
    });
    await process.ready;
    await Promise.all(texts.map((text) => process.enqueue(message(text))));
    // A marked message has a socket. Once all sockets are in use, no request is still to arrive.
    await until(() => provider.arrived('a').length === SOCKETS, 60_000);
    await settled(() => provider.arrived('a').length, 1_000);
    await process.kill();

    const arrived = new Set(provider.arrived('a'));
    provider.let('a', { kind: 'accepts' });
    const next = await ProductionApp.start(queue, messaging);
    try {
      await until(async () => {
        const { waiting, delayed, active } = await next.queue.counts();
        return waiting + delayed + active === 0;
      }, 60_000);
      const held: string[] = [];
      for await (const { message: one } of next.queue.held()) held.push(one.text ?? '');
      expect(held.filter((text) => !arrived.has(text))).toEqual([]);
      expect(held.length).toBeLessThanOrEqual(SOCKETS);
      expect(provider.accepted('a').sort()).toEqual(texts.filter((text) => !held.includes(text)).sort());
    } finally {
      await next.close();
      await provider.close();
      await remove();
    }
  });
});
