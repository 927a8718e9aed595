import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ENGINES } from '../../../support/queue/engines.js';
import { type AwayReport, AwayRun, OUTAGES } from './away-run.js';

jest.setTimeout(300_000);

const SETTINGS = ENGINES.flatMap((engine) => [
  { engine, attempts: undefined },
  { engine, attempts: 2 },
]);

describe('Queue while a provider is unavailable', () => {
  const runs = new Map<string, AwayRun>();
  const reports = new Map<string, AwayReport>();
  const keyOf = (engine: string, attempts: number | undefined) => `${engine} ${attempts}`;

  // The runs mostly wait, so they are concurrent. The embedded ones run separately, because they use this process.
  beforeAll(async () => {
    for (const isEmbedded of [false, true]) {
      const together = SETTINGS.filter(({ engine }) => (engine === 'embedded') === isEmbedded);
      for (const { engine, attempts } of together) {
        runs.set(keyOf(engine, attempts), await AwayRun.start(engine, attempts));
      }
      const waiting = [...runs].filter(([key]) => !reports.has(key));
      await Promise.all(waiting.map(async ([key, run]) => reports.set(key, await run.run())));
    }
  }, 600_000);
  afterAll(async () => {
    for (const run of runs.values()) await run.close();
  });

  describe.each(SETTINGS)('on $engine, attempts: $attempts', ({ engine, attempts }) => {
    const report = (outage: string) => reports.get(keyOf(engine, attempts))?.[outage];

    it.each(OUTAGES)('fails, holds and deletes no message (%s)', (outage) => {
      const during = report(outage)?.during;
      expect(during).toBeDefined();
      expect({ failed: 0, held: 0, gone: 0, ...during }).toMatchObject({ failed: 0, held: 0, gone: 0 });
    });

    it.each(OUTAGES)('sends each message once when the provider is back (%s)', (outage) => {
      const { texts, accepted, states, recoveredMs } = report(outage) ?? {};
      expect({ accepted, states }).toEqual({ accepted: texts, states: { sent: texts?.length } });
      expect(recoveredMs).toBeLessThan(60_000);
    });
  });
});
