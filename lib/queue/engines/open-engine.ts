import { createRequire } from 'node:module';
import { ConfigurationError } from '../../errors/setup.errors.js';
import { isRecord } from '../../validation/is-record.js';
import type { QueueSettings } from '../queue-settings.js';
import type { QueueEngine } from './queue-engine.js';

/** Opens the engine chosen. Only what it needs is loaded. */
export async function openEngine(settings: QueueSettings, warn: (line: string) => void): Promise<QueueEngine> {
  const engine = await createEngine(settings, warn);
  await engine.open();
  return engine;
}

async function createEngine(settings: QueueSettings, warn: (line: string) => void): Promise<QueueEngine> {
  const { engine, name, concurrency, enqueueTimeoutMs } = settings;
  switch (engine.kind) {
    case 'redis': {
      const { RedisEngine } = await installed('redis', ['bullmq', 'ioredis'], () => import('./redis.engine.js'));
      return new RedisEngine(engine.connection, name, enqueueTimeoutMs, warn);
    }
    case 'postgres': {
      const [{ PostgresEngine }, { connectPostgres }] = await installed('postgres', ['bullmq', 'pg'], () =>
        Promise.all([import('./postgres.engine.js'), import('./postgres-database.js')]),
      );
      const { connectionString } = engine;
      return new PostgresEngine(() => connectPostgres(connectionString, concurrency, enqueueTimeoutMs), name);
    }
    case 'embedded': {
      const packages = ['bullmq', 'pg', '@electric-sql/pglite', 'fs-native-extensions'];
      const [{ PostgresEngine }, { ONE_THREAD, openEmbedded }] = await installed('embedded', packages, () => {
        // It is loaded in a thread of its own, later.
        createRequire(import.meta.url).resolve('@electric-sql/pglite');
        return Promise.all([import('./postgres.engine.js'), import('./embedded-database.js')]);
      });
      return new PostgresEngine(() => openEmbedded(engine.directory ?? '.button-messaging'), name, ONE_THREAD);
    }
  }
}

/** Loads an engine, and says what to install where one of its packages is not there. Other faults stay what they are. */
async function installed<T>(kind: string, packages: string[], load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const isMissing = isRecord(error) && (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND');
    const missing = packages.find((name) => String(isRecord(error) ? error.message : '').includes(`'${name}'`));
    if (!isMissing || missing === undefined) throw error;
    const message = `the queue's engine "${kind}" needs the package ${missing}: npm install ${packages.join(' ')}`;
    throw new ConfigurationError([{ path: 'engine.kind', rule: 'packageInstalled', message }]);
  }
}
