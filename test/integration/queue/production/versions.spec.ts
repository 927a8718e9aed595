import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { type Place, placeOn } from '../../../support/queue/engines.js';
import { describeOnServers } from '../../../support/queue/on-servers.js';
import { message } from '../../../support/queue/queue-app.js';
import { until } from '../../../support/time.js';
import { newPool } from '../stores/services.js';
import { BullQueue } from './bull-queue.js';
import { ProductionApp } from './production-app.js';
import { ZApiInstances } from './z-api-instances.js';

jest.setTimeout(60_000);

// The embedded engine supports only one process, so the test cannot write data of another version from outside.
describeOnServers('Messages written by another version on %s', (engine) => {
  let provider: ZApiInstances;
  let place: Place;
  let bull: BullQueue | undefined;
  const apps: ProductionApp[] = [];
  beforeEach(async () => {
    provider = await ZApiInstances.start();
    place = await placeOn(engine);
  });
  afterEach(async () => {
    for (const app of apps.splice(0)) await app.close();
    await bull?.close();
    bull = undefined;
    await provider.close();
    await place.remove();
  });

  async function start(worker: boolean): Promise<ProductionApp> {
    const messaging = { accounts: [provider.account('a'), provider.account('b')], defaultAccount: 'a' };
    const app = await ProductionApp.start({ engine: place.engine, name: place.name, worker }, messaging);
    apps.push(app);
    return app;
  }

  /** Enqueues a message and changes its data to that of another version. */
  async function written(change: (data: Record<string, unknown>) => Record<string, unknown>) {
    const producer = await start(false);
    const { id } = await producer.queue.enqueue(message('of another version'), { account: 'b' });
    const opened = BullQueue.open(engine, place.name);
    bull = opened;
    await opened.change(id, change);
    return { id, producer, jobs: opened };
  }

  it('leaves a newer message unchanged and sends the others', async () => {
    const { id, jobs } = await written((data) => ({ ...data, version: 99, hologram: { of: 'tomorrow' } }));
    const app = await start(true);
    const others = await Promise.all(['one', 'two'].map((text) => app.queue.enqueue(message(text))));
    await app.are(
      others.map(({ id: other }) => other),
      'sent',
    );
    const { id: later } = await app.queue.enqueue(message('three'));
    await app.are([later], 'sent');
    expect(provider.arrived('b')).toEqual([]);
    expect(['waiting', 'delayed', 'active', 'paused', 'prioritized']).toContain(await jobs.stateOf(id));
    expect(await jobs.dataOf(id)).toMatchObject({ version: 99, hologram: { of: 'tomorrow' } });
    expect(await app.queue.find(id)).toMatchObject({ id, message: { text: 'of another version' } });
    expect((await app.queue.counts()).failed).toBe(0);
  });

  it.each([
    ['without a version', ['version']],
    ['without options', ['version', 'options']],
  ])('reads and sends an older message: %s', async (_, missing) => {
    const { id, producer } = await written((data) =>
      Object.fromEntries(Object.entries(data).filter(([key]) => !missing.includes(key))),
    );
    expect(await producer.queue.find(id)).toMatchObject({ id, message: { text: 'of another version' } });
    const app = await start(true);
    await until(() => provider.accepted('b').length > 0, 20_000);
    await app.are([id], 'sent');
    expect(provider.accepted('b')).toEqual(['of another version']);
    expect(await app.queue.find(id)).toMatchObject({ state: 'sent', sent: { account: 'b' } });
  });

  if (engine !== 'postgres') return;

  it('rejects a newer schema at the start and names its version', async () => {
    await (await start(false)).close();
    apps.splice(0);
    const pool = newPool();
    try {
      const { rows } = await pool.query<{ column_name: string }>(
        `SELECT column_name FROM information_schema.columns
         WHERE table_schema = $1 AND table_name = 'messaging_version' AND data_type IN ('integer', 'smallint', 'bigint')`,
        [place.name],
      );
      const [column] = rows;
      if (!column) throw new Error('There is no version to change');
      await pool.query(`UPDATE "${place.name}".messaging_version SET "${column.column_name}" = 99`);
      await expect(start(true)).rejects.toThrow(/99/);
    } finally {
      await pool.end();
    }
  });
});
