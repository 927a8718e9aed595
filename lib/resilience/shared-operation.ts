import { setMaxListeners } from 'node:events';
import type { AbortListeners } from '../async/abort-listeners.js';
import { SendAbortedError } from '../errors/outcome.errors.js';

/** One operation with several callers. It is aborted when the last of them aborts. */
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

  /** Waits for the result. @throws SendAbortedError when this caller aborts and others do not. */
  subscribe(signal: AbortSignal | undefined): Promise<T> {
    this.waiting += 1;
    if (!signal) return this.result;
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.waiting -= 1;
        // The last caller gets the result of the operation itself.
        if (this.waiting === 0) this.abort.abort();
        else reject(new SendAbortedError('Aborted while other calls with the same key continue the send', 'unknown'));
      };
      const settled = this.result.then(resolve, reject);
      if (signal.aborted) return onAbort();
      const watch = this.aborts.watch(signal, { onAbort });
      void settled.finally(() => watch.end());
    });
  }
}
