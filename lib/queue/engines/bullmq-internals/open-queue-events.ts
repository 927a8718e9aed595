import { type IQueueBackend, QueueEvents } from 'bullmq';
import { PAUSE_AFTER_FAILURE_MS, pauseUntilClosed } from './pause-until-closed.js';

/** BullMQ's queue events, which close even if the engine is unavailable. */
export class OpenQueueEvents<Backend extends IQueueBackend, Connection> extends QueueEvents<
  unknown,
  Backend,
  Connection
> {
  private readonly ending = new AbortController();

  override close(): Promise<void> {
    this.ending.abort();
    return super.close();
  }

  protected override checkConnectionError<T>(
    work: () => Promise<T>,
    pauseMs = PAUSE_AFTER_FAILURE_MS,
  ): Promise<T | undefined> {
    return pauseUntilClosed((tried) => super.checkConnectionError(tried, 0), work, pauseMs, this.ending.signal);
  }
}
