import { Inject, Injectable } from '@nestjs/common';
import { MessagingCore } from './messaging-core.js';
import { QueueConnection } from './queue-connection.js';

const LOG_INTERVAL_MS = 60_000;
/** BullMQ's worker retries after at most 5 seconds. An error that has not recurred by then is over. */
const RECURRENCE_WINDOW_MS = 6_000;

/** Tracks why this process's worker cannot work: logs it once a minute, and reports it to the health check. */
@Injectable()
export class WorkerTrouble {
  private current: { message: string; at: number } | undefined;
  private loggedAt = Number.NEGATIVE_INFINITY;

  constructor(
    @Inject(QueueConnection) private readonly connection: Pick<QueueConnection, 'engine' | 'run' | 'unavailable'>,
    @Inject(MessagingCore) private readonly core: { readonly logger: Pick<MessagingCore['logger'], 'debug' | 'warn'> },
  ) {}

  /** Records an error of the worker's engine. */
  report(error: unknown): void {
    const { name, message } = this.connection.unavailable(error);
    const now = performance.now();
    this.current = { message, at: now };
    this.core.logger.debug(`The queue's worker received ${name}: ${message}`);
    if (now - this.loggedAt < LOG_INTERVAL_MS) return;
    this.loggedAt = now;
    this.core.logger.warn(`The queue's worker cannot reach its engine and keeps retrying: ${message}`);
  }

  /** Records that the worker works. */
  clear(): void {
    this.current = undefined;
  }

  /** Returns why the worker cannot work, or undefined if it can. */
  async find(): Promise<string | undefined> {
    const { current } = this;
    // An idle worker does not report that its engine is back.
    if (current && performance.now() - current.at < RECURRENCE_WINDOW_MS) return current.message;
    try {
      await this.connection.run(() => this.connection.engine.ping());
      if (this.current === current) this.clear();
      return undefined;
    } catch (error) {
      return this.connection.unavailable(error).message;
    }
  }
}
