import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { connectPostgres } from '../../../../lib/queue/engines/postgres-database.js';
import { clockWarning } from '../../../../lib/queue/engines/postgres-inspection.js';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { QueueProcess } from '../../../stress/chaos/queue-process.js';
import { compileLibrary } from '../../../support/queue/compiled-library.js';
import { ENGINES, type Place, placeOn } from '../../../support/queue/engines.js';
import { message, QueueApp } from '../../../support/queue/queue-app.js';
import { until } from '../../../support/time.js';
import { POSTGRES_URL } from '../stores/services.js';

jest.setTimeout(120_000);

/** Returns the Node.js options that shift the clock of a process. */
const clockBy = (ms: number) => {
  const code = `const now = Date.now; const Real = Date; Date.now = () => now() + ${ms};
    globalThis.Date = class extends Real { constructor(...given) { super(...(given.length > 0 ? given : [Real.now()])); } };`;
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
};

const suite = ENGINES.includes('postgres') ? describe : describe.skip;

suite('Process clock that differs from the clock of PostgreSQL', () => {
  let simulator: GatewaySimulator;
  let place: Place;
  let library: string;
  beforeAll(async () => {
    simulator = await GatewaySimulator.start();
    place = await placeOn('postgres');
    library = await mkdtemp(join(tmpdir(), 'queue-library-'));
    await compileLibrary(library);
  });
  afterAll(async () => {
    await simulator.close();
    await place.remove();
    await rm(library, { recursive: true, force: true });
  });

  it.each([-40_000, -12_000, 12_000])('sends each message once with a clock that differs by %i ms', async (ms) => {
    const name = `${place.name}-${Math.abs(ms)}-${ms < 0 ? 'behind' : 'ahead'}`;
    const messaging = { accounts: simulator.accounts(), defaultAccount: 'z-api', logger: false } as const;
    const worker = QueueProcess.start(
      library,
      { queue: { engine: place.engine, name }, messaging },
      undefined,
      clockBy(ms),
    );
    const producer = await QueueApp.start(simulator, { engine: place.engine, name, worker: false });
    try {
      await worker.ready;
      const ids = await Promise.all(
        Array.from({ length: 20 }, async (_, index) => (await producer.queue.enqueue(message(`${name} ${index}`))).id),
      );
      await until(async () => (await producer.queue.counts()).sent === ids.length, 20_000);
      expect(simulator.messages().filter(({ text }) => text?.startsWith(name))).toHaveLength(ids.length);
    } finally {
      await worker.kill();
      await producer.close();
    }
  });

  it('logs a warning at the start when the clock is 12 s behind', async () => {
    const now = Date.now;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() - 12_000);
    try {
      const connection = { connectionString: POSTGRES_URL, concurrency: 1, timeoutMs: 5_000 };
      const database = await connectPostgres(connection);
      await database.close();
      expect(database.warnings).toEqual([expect.stringMatching(/1[12]\.\d s behind PostgreSQL's/)]);
    } finally {
      clock.mockRestore();
    }
  });

  it('creates a warning only for a difference above two seconds', () => {
    expect(clockWarning(1_900)).toBeUndefined();
    expect(clockWarning(-12_000)).toMatch(/12\.0 s behind PostgreSQL's: .*NTP/);
    expect(clockWarning(2_500)).toMatch(/2\.5 s ahead of PostgreSQL's/);
  });
});
