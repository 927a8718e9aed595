import { type BackendFactory, createRedisBackend, type RedisQueueBackend } from 'bullmq';
import { delay } from '../../../async/delay.js';
import { BLOCKED_MS } from '../redis-silence.js';

const PAUSE_MS = 1_000;

/**
 * BullMQ's backend for a worker. Its worker asks for the next job again at once whatever Redis answered; here it pauses
 * after an error.
 */
export const createWorkerBackend: BackendFactory<RedisQueueBackend> = (name, options, behaviour) => {
  const backend = createRedisBackend(name, options, behaviour);
  const closing = new AbortController();
  const pausing = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      await delay(PAUSE_MS, closing.signal);
      throw error;
    }
  };
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = (...given) => pausing(moveToActive(...given));
  const waitForJob = backend.waitForJob.bind(backend);
  backend.waitForJob = (...given) => pausing(waitForJob(...given));
  const disconnectBlocking = backend.disconnectBlocking.bind(backend);
  backend.disconnectBlocking = (...given) => {
    // The worker is about to close.
    closing.abort();
    return disconnectBlocking(...given);
  };
  // Whoever waits longer notices a silent server later.
  Object.defineProperty(backend, 'maximumBlockTimeout', { value: BLOCKED_MS / 1_000 });
  return backend;
};
