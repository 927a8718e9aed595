import { setMaxListeners } from 'node:events';
import type { AbortListeners } from '../async/abort-listeners.js';
import { SendAbortedError } from '../errors/outcome.errors.js';

/**
 * One send that several callers wait for. A caller who gives up leaves it to the others; when the last one gives up,
 * the send itself is aborted.
 */
export class SharedOperation<T> {
  private readonly abort = new AbortController();
  private readonly result: Promise<T>;
  private waiting = 0;

  constructor(
    work: (signal: AbortSignal) => Promise<T>,
    private readonly aborts: AbortListeners,
  ) {
    setMaxListeners(0, this.abort.signal);
    this.result = work(this.abort.signal);
  }

  /** Waits for the end of the send. @throws SendAbortedError when this caller gives up while others wait on. */
  subscribe(signal: AbortSignal | undefined): Promise<T> {
    this.waiting += 1;
    if (!signal) return this.result;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.waiting -= 1;
        // The last one learns how the send itself ended.
        if (this.waiting === 0) this.abort.abort();
        else
          reject(new SendAbortedError('The send was aborted here, while others with its key wait for it', 'unknown'));
      };
      const settled = this.result.then(resolve, reject);
      if (signal.aborted) return onAbort();
      const watch = this.aborts.watch(signal, { onAbort });
      void settled.finally(() => watch.end());
    });
  }
}
