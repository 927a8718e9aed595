import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { QueueEngineOptions } from '../../../lib/queue/index.js';
import {
  missingServices,
  newPool,
  newRedis,
  POSTGRES_URL,
  REDIS_URL,
} from '../../integration/queue/stores/services.js';

const missing = await missingServices();

/** A place for queues, of a test's own. */
export interface Place {
  engine: QueueEngineOptions;
  name: string;
  /** Removes what was kept there. */
  remove(): Promise<void>;
}

export type EngineName = 'redis' | 'postgres' | 'embedded';

const PLACES: Record<EngineName, () => Promise<Place>> = {
  redis: async () => {
    const name = nextName();
    const remove = async () => {
      const client = newRedis();
      for (const pattern of [`bull:${name}*`, `${name}:*`]) {
        const keys = await client.keys(pattern);
        if (keys.length > 0) await client.unlink(keys);
      }
      client.disconnect();
    };
    return { engine: { kind: 'redis', connection: REDIS_URL }, name, remove };
  },
  postgres: async () => {
    const name = nextName();
    const remove = async () => {
      const pool = newPool();
      await pool.query('DELETE FROM bullmq.job WHERE queue LIKE $1', [`${name}%`]);
      await pool.query(`DROP SCHEMA IF EXISTS "${name}" CASCADE`);
      await pool.end();
    };
    return { engine: { kind: 'postgres', connectionString: POSTGRES_URL }, name, remove };
  },
  embedded: async () => {
    const directory = await mkdtemp(join(tmpdir(), 'queue-'));
    const remove = () => rm(directory, { recursive: true, force: true });
    return { engine: { kind: 'embedded', directory }, name: nextName(), remove };
  },
};

/** The engines that can be tested here. */
export const ENGINES = (['redis', 'postgres', 'embedded'] as const).filter(
  (name) => !missing.some((one) => one === name),
);

/** Those of them that are servers. */
export const SERVERS = ENGINES.filter((engine) => engine !== 'embedded');

export const placeOn = (engine: EngineName): Promise<Place> => PLACES[engine]();

function nextName(): string {
  return `queue-test-${randomUUID().slice(0, 8)}`;
}
