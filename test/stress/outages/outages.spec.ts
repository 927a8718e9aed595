import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { QueueUnavailableError } from '../../../lib/queue/index.js';
import { startOwnPostgres } from '../../support/servers/own-postgres.js';
import { startOwnRedis } from '../../support/servers/own-redis.js';
import { type OwnServer, tellMissing } from '../../support/servers/own-server.js';
import type { OutageRunReport } from './outage-run.js';
import { outageRun } from './outage-run.js';

/** In full: `OUTAGE_MS=20000`. */
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
  else tellMissing(name);
}

/** At the same time: most of it is waiting. */
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
  describe(`on a ${name} that is away in the middle of it`, () => {
    const report = async () => {
      const run = await runs.get(name);
      if (!run) throw new Error(`Nothing ran on ${name}`);
      return run;
    };

    it('loses nothing and sends nothing twice', async () => {
      const { account } = await report();
      expect(account).toMatchObject({ lost: [], twice: [] });
      expect(account.accepted).toBe(account.sent + account.held);
      if (process.env.FIGURES) console.log(`${name}: ${JSON.stringify(account)}`);
    });

    it.each(Object.keys(server.outages))('refuses within its time and goes on soon, when %s', async (outage) => {
      const { outages, enqueueTimeoutMs } = await report();
      const { refusals = [], backWithinMs = Number.NaN } = outages[outage] ?? {};
      expect(refusals.length).toBeGreaterThan(0);
      for (const { error } of refusals) expect(error).toBeInstanceOf(QueueUnavailableError);
      const times = refusals.map(({ ms }) => ms).sort((one, other) => one - other);
      // Of the longest a busy machine has its part.
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
