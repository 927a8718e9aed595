import { isRecord } from '../../../validation/is-record.js';

/**
 * Makes a BullMQ worker fetch more jobs after `concurrency` was raised. Otherwise it does so only when one of its jobs
 * ends. BullMQ's `resume()` does the same after a pause.
 */
export function wakeWorker(worker: object): void {
  const loop: unknown = Reflect.get(worker, 'mainLoopQueue');
  if (isRecord(loop) && typeof loop.add === 'function') Reflect.apply(loop.add, loop, [Promise.resolve()]);
}
