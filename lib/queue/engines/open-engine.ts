import { createRequire } from 'node:module';
import { threadFile } from '../../embedded-postgres/thread-file.js';
import { ConfigurationError } from '../../errors/setup.errors.js';
import { isRecord } from '../../validation/is-record.js';
import type { QueueSettings } from '../queue-settings.js';
import { KNOWN_VERSION } from './bullmq-internals/constants.js';
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
      return new RedisEngine(engine.connection, settings, warn);
    }
    case 'postgres': {
      const { PostgresEngine, connectPostgres } = await installed('postgres', ['bullmq', 'pg'], async () => ({
        // One after the other: Jest's loader fails where two modules import the same one at the same time.
        ...(await import('./postgres.engine.js')),
        ...(await import('./postgres-database.js')),
      }));
      const { connectionString } = engine;
      const connection = { connectionString, concurrency, timeoutMs: enqueueTimeoutMs, warn };
      return new PostgresEngine(() => connectPostgres(connection), name);
    }
    case 'embedded': {
      const packages = ['bullmq', 'pg', '@electric-sql/pglite', 'fs-native-extensions'];
      const {
        PostgresEngine,
        SERIAL_BATCHES: ONE_THREAD,
        openEmbedded,
      } = await installed('embedded', packages, async () => {
        // It is loaded in a thread of its own, later.
        const file = threadFile();
        if (!file) throw notBundled('runs files of its packages, which are not in a bundle');
        createRequire(file).resolve('@electric-sql/pglite');
        return { ...(await import('./postgres.engine.js')), ...(await import('./embedded-database.js')) };
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
    if (isRecord(error) && error.code === 'ADDON_NOT_FOUND') {
      throw notBundled('does not find the native part of fs-native-extensions for this platform');
    }
    const isMissing = isRecord(error) && (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND');
    const missing = packages.find((name) => String(isRecord(error) ? error.message : '').includes(`'${name}'`));
    if (!isMissing || missing === undefined) throw error;
    const wanted = packages.map((name) => (name === 'bullmq' ? `bullmq@${KNOWN_VERSION}` : name));
    const message = `the queue's engine "${kind}" needs the package ${missing}: npm install ${wanted.join(' ')}`;
    throw new ConfigurationError([{ path: 'engine.kind', rule: 'packageInstalled', message }]);
  }
}

function notBundled(why: string): ConfigurationError {
  const message =
    `the queue's engine "embedded" ${why}: keep nestjs-button-messaging, @electric-sql/pglite and ` +
    'fs-native-extensions out of the bundle, as external packages, or use the engine redis or postgres';
  return new ConfigurationError([{ path: 'engine.kind', rule: 'notBundled', message }]);
}
