import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { QueueUnavailableError } from '../../../lib/queue/index.js';
import { startOwnPostgres } from '../../support/servers/own-postgres.js';
import { startOwnRedis } from '../../support/servers/own-redis.js';
import { type OwnServer, reportMissingServer } from '../../support/servers/own-server.js';
import type { OutageRunReport } from './outage-run.js';
import { outageRun } from './outage-run.js';

/** The duration of an outage in milliseconds. Use `OUTAGE_MS=20000` for a full run. */
const OUTAGE_MS = Number(process.env.OUTAGE_MS ?? 2_000);
jest.setTimeout(6 * OUTAGE_MS + 180_000);

const STARTS: Record<string, () => Promise<OwnServer | undefined>> = {
  redis: startOwnRedis,
  postgres: startOwnPostgres,
};
const servers = new Map<string, OwnServer>();
for (const [name, start] of Object.entries(STARTS)) {
  const server = await start();
  if (server) servers.set(name, server);
  else reportMissingServer(name);
}

/** The runs are concurrent, because they mostly wait. */
const runs = new Map<string, Promise<OutageRunReport>>();
beforeAll(
  async () => {
    for (const [name, server] of servers) {
      runs.set(
        name,
        outageRun(server, OUTAGE_MS).finally(() => server.remove()),
      );
    }
    await Promise.allSettled(runs.values());
  },
  6 * OUTAGE_MS + 180_000,
);

for (const [name, server] of servers) {
  describe(`ButtonMessagingQueue during an outage of ${name}`, () => {
    const report = async () => {
      const run = await runs.get(name);
      if (!run) throw new Error(`Nothing ran on ${name}`);
      return run;
    };

    it('loses no message and sends none twice', async () => {
      const { account } = await report();
      expect(account).toMatchObject({ lost: [], twice: [] });
      expect(account.accepted).toBe(account.sent + account.held);
      if (process.env.FIGURES) console.log(`${name}: ${JSON.stringify(account)}`);
    });

    it.each(Object.keys(server.outages))('rejects in time and recovers within 15 s when %s', async (outage) => {
      const { outages, enqueueTimeoutMs } = await report();
      const { refusals = [], backWithinMs = Number.NaN } = outages[outage] ?? {};
      expect(refusals.length).toBeGreaterThan(0);
      for (const { error } of refusals) expect(error).toBeInstanceOf(QueueUnavailableError);
      const times = refusals.map(({ ms }) => ms).sort((one, other) => one - other);
      // A busy machine adds to the longest time.
      const [median = Number.NaN, longest = Number.NaN] = [times[times.length >> 1], times.at(-1)];
      expect(median).toBeLessThan(enqueueTimeoutMs + 500);
      expect(longest).toBeLessThan(enqueueTimeoutMs + 10_000);
      expect(backWithinMs).toBeLessThan(15_000);
      if (process.env.FIGURES) {
        console.log(
          `${name}, ${outage} for ${OUTAGE_MS} ms: ${refusals.length} refused within ${longest.toFixed(0)} ms, ` +
            `sent again ${backWithinMs.toFixed(0)} ms after its end`,
        );
      }
    });
  });
}
