import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { QueueConnection } from './queue-connection.js';

const LOG_INTERVAL_MS = 60_000;
/** BullMQ's worker tries again after 5 seconds at most: what is not met again by then is over. */
const RECURRENCE_WINDOW_MS = 6_000;

/** What keeps this process's worker from its work. It is told once a minute, and to the health check at any time. */
export class WorkerTrouble {
  private current: { message: string; metAt: number } | undefined;
  private saidAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly connection: QueueConnection,
    /** Known once the application's modules are there. */
    private readonly logger: () => MessagingLogger,
  ) {}

  /** The engine failed the worker. */
  meet(error: unknown): void {
    const { name, message } = this.connection.unavailable(error);
    this.current = { message, metAt: performance.now() };
    this.logger().debug(`The queue's worker met ${name}: ${message}`);
    if (performance.now() - this.saidAt < LOG_INTERVAL_MS) return;
    this.saidAt = performance.now();
    this.logger().warn(`The queue's worker waits for its engine: ${message}. It goes on as soon as that is over.`);
  }

  /** The worker does its work. */
  end(): void {
    this.current = undefined;
  }

  /** Why the worker cannot work at present; undefined if it can. */
  async find(): Promise<string | undefined> {
    const { current } = this;
    // A worker that finds nothing to do says nothing when it has its engine back.
    if (current && performance.now() - current.metAt < RECURRENCE_WINDOW_MS) return current.message;
    try {
      await this.connection.run(() => this.connection.engine.ping());
      if (this.current === current) this.end();
      return undefined;
    } catch (error) {
      return this.connection.unavailable(error).message;
    }
  }
}
