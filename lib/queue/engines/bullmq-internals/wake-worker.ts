import { isRecord } from '../../../validation/is-record.js';

/**
 * Lets a worker of BullMQ's see that it may take up more. By itself it looks only when one of its jobs ends, which may be
 * long after `concurrency` was raised. It is what its `resume()` does after a pause.
 */
export function wakeWorker(worker: object): void {
  const loop: unknown = Reflect.get(worker, 'mainLoopQueue');
  if (isRecord(loop) && typeof loop.add === 'function') Reflect.apply(loop.add, loop, [Promise.resolve()]);
}
