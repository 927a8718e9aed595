import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { QueueApp } from '../../../support/queue/queue-app.js';
import { isInstalled, startSentinels } from '../../../support/servers/redis-servers.js';
import { Campaign } from './campaign.js';

jest.setTimeout(240_000);

const MESSAGES = 600;
const GOES_ON_WITHIN_MS = 20_000;

if (isInstalled('redis-server'))
  describe('Queue on a Redis with sentinels', () => {
    let simulator: GatewaySimulator;
    let servers: Awaited<ReturnType<typeof startSentinels>>;
    let app: QueueApp;
    const start = async (replicas: number) => {
      simulator = await GatewaySimulator.start({ keep: 100_000 });
      simulator.fail('z-api', () => ({ delayMs: 20 }), Number.POSITIVE_INFINITY);
      const safe = ['--min-replicas-to-write', '1', '--repl-ping-replica-period', '1'];
      servers = await startSentinels(replicas, ...safe);
      const sentinels = servers.sentinels.map(({ port }) => ({ host: '127.0.0.1', port }));
      app = await QueueApp.start(simulator, {
        engine: { kind: 'redis', connection: { sentinels, name: 'own' } },
        name: 'sentinels',
        events: 'queue',
      });
    };
    afterEach(async () => {
      await app?.close();
      await servers?.remove();
      await simulator?.close();
    });

    const throughFailover = async (failover: () => Promise<unknown>) => {
      const campaign = new Campaign(app, simulator, 'campaign');
      campaign.start(MESSAGES);
      await campaign.advance(100);
      await failover();
      const began = performance.now();
      await campaign.advance(100);
      const goesOnMs = performance.now() - began;
      const { sent, twice, held, failed } = await campaign.end();
      expect({ twice, failed }).toEqual({ twice: [], failed: 0 });
      expect(sent).toBeGreaterThanOrEqual(MESSAGES - held);
      expect(goesOnMs).toBeLessThan(GOES_ON_WITHIN_MS);
      if (process.env.FIGURES) console.log({ sent, held, goesOnMs });
    };

    it('sends no message twice and continues when another server becomes master', async () => {
      await start(1);
      await throughFailover(async () => servers.sentinels[0]?.client.call('SENTINEL', 'FAILOVER', 'own'));
    });

    it('sends no message twice and continues when the master is killed', async () => {
      await start(2);
      await throughFailover(() => servers.master.process.end('SIGKILL'));
    });
  });
