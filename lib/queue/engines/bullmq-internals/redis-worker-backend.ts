import { type BackendFactory, createRedisBackend, type RedisQueueBackend } from 'bullmq';
import { delay } from '../../../async/delay.js';
import { BLOCKED_MS } from '../redis-silence.js';

const PAUSE_MS = 1_000;

/** BullMQ's backend for a worker, with a pause after each error. Without it, the worker retries in a tight loop. */
export const createWorkerBackend: BackendFactory<RedisQueueBackend> = (name, options, behaviour) => {
  const backend = createRedisBackend(name, options, behaviour);
  const closing = new AbortController();
  const pausing = async <T>(request: Promise<T>): Promise<T> => {
    try {
      return await request;
    } catch (error) {
      await delay(PAUSE_MS, closing.signal);
      throw error;
    }
  };
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = (...values) => pausing(moveToActive(...values));
  const waitForJob = backend.waitForJob.bind(backend);
  backend.waitForJob = (...values) => pausing(waitForJob(...values));
  const disconnectBlocking = backend.disconnectBlocking.bind(backend);
  backend.disconnectBlocking = (...values) => {
    // The worker is closing.
    closing.abort();
    return disconnectBlocking(...values);
  };
  // A longer blocking command would detect a silent server later.
  Object.defineProperty(backend, 'maximumBlockTimeout', { value: BLOCKED_MS / 1_000 });
  return backend;
};
