import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from '@jest/globals';
import type { QueueEngineOptions } from '../../../lib/queue/index.js';
import { missingServices, newPool, newRedis, POSTGRES_URL, REDIS_URL } from '../stores/services.js';

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

// Jest takes no empty table: where there is no server, the title stands for what is skipped.
/** `describe.each` over the servers, or over some of them. */
export function describeOnServers(
  title: string,
  block: (engine: EngineName) => void,
  servers: readonly EngineName[] = SERVERS,
): void {
  if (servers.length > 0) describe.each(servers)(title, block);
  else describe.skip(title, () => it('needs a server', () => undefined));
}

/** `it.each` over the servers. */
export function itOnServers(title: string, test: (engine: EngineName) => Promise<void>): void {
  if (SERVERS.length > 0) it.each(SERVERS)(title, test);
  else it.skip(title, () => undefined);
}

export const placeOn = (engine: EngineName): Promise<Place> => PLACES[engine]();

function nextName(): string {
  return `queue-test-${randomUUID().slice(0, 8)}`;
}
