import { createRequire } from 'node:module';
import { threadFile } from '../../embedded-postgres/thread-file.js';
import { ConfigurationError } from '../../errors/setup.errors.js';
import { isRecord } from '../../validation/is-record.js';
import type { QueueSettings } from '../queue-settings.js';
import { KNOWN_VERSION } from './bullmq-internals/constants.js';
import type { QueueEngine } from './queue-engine.js';

/** Opens the configured engine, and loads only the packages that it needs. */
export async function openEngine(settings: QueueSettings): Promise<QueueEngine> {
  const { engine, name, concurrency, enqueueTimeoutMs: timeoutMs } = settings;
  switch (engine.kind) {
    case 'redis': {
      const { RedisEngine } = await loadEngine('redis', ['bullmq', 'ioredis'], () => import('./redis.engine.js'));
      return RedisEngine.open(engine.connection, settings);
    }
    case 'postgres': {
      const { PostgresEngine, connectPostgres } = await loadEngine('postgres', ['bullmq', 'pg'], async () => ({
        // One after the other, because Jest's loader fails if two modules import the same one concurrently.
        ...(await import('./postgres.engine.js')),
        ...(await import('./postgres-database.js')),
      }));
      const { connectionString } = engine;
      return PostgresEngine.open(() => connectPostgres({ connectionString, concurrency, timeoutMs }), name);
    }
    case 'embedded': {
      const packages = ['bullmq', 'pg', '@electric-sql/pglite', 'fs-native-extensions'];
      const { PostgresEngine, SERIAL_BATCHES, openEmbedded } = await loadEngine('embedded', packages, async () => {
        // PGlite is loaded later, in a thread.
        const file = threadFile();
        if (!file) throw notBundled('runs files of its packages, which a bundle does not contain');
        createRequire(file).resolve('@electric-sql/pglite');
        return { ...(await import('./postgres.engine.js')), ...(await import('./embedded-database.js')) };
      });
      return PostgresEngine.open(() => openEmbedded(engine.directory ?? '.button-messaging'), name, SERIAL_BATCHES);
    }
  }
}

/** Loads an engine, and reports a missing package with the command to install it. Rethrows other errors. */
async function loadEngine<T>(kind: string, packages: string[], load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (isRecord(error) && error.code === 'ADDON_NOT_FOUND') {
      throw notBundled('cannot find the native addon of fs-native-extensions for this platform');
    }
    const isMissing = isRecord(error) && (error.code === 'ERR_MODULE_NOT_FOUND' || error.code === 'MODULE_NOT_FOUND');
    const missing = packages.find((name) => String(isRecord(error) ? error.message : '').includes(`'${name}'`));
    if (!isMissing || missing === undefined) throw error;
    const toInstall = packages.map((name) => (name === 'bullmq' ? `bullmq@${KNOWN_VERSION}` : name));
    const message = `the queue's engine "${kind}" requires the package ${missing}: npm install ${toInstall.join(' ')}`;
    throw new ConfigurationError([{ path: 'engine.kind', rule: 'packageInstalled', message }]);
  }
}

function notBundled(reason: string): ConfigurationError {
  const message =
    `the queue's engine "embedded" ${reason}: keep nestjs-button-messaging, @electric-sql/pglite and ` +
    'fs-native-extensions out of the bundle, as external packages, or use the engine redis or postgres';
  return new ConfigurationError([{ path: 'engine.kind', rule: 'notBundled', message }]);
}
