import { delay } from '../async/delay.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { EndedState } from './engines/queue-engine.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueSettings } from './queue-settings.js';

const INTERVAL_MS = 60_000;
const BATCH_SIZE = 1_000;

/** Forgets what has ended long ago. BullMQ's own way of it would cost every message some time. */
export class RetentionSweeper {
  private readonly stopped = new AbortController();
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: QueueConnection,
    private readonly settings: Pick<QueueSettings, 'name' | 'keepMs' | 'keepFailedMs'>,
    private readonly logger: MessagingLogger,
  ) {}

  start(): void {
    this.sweeping = this.loop();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.sweeping;
  }

  private async loop(): Promise<void> {
    const { keepMs, keepFailedMs } = this.settings;
    const everyMs = Math.min(INTERVAL_MS, Math.max(1_000, Math.min(keepMs, keepFailedMs)));
    while (await delay(everyMs, this.stopped.signal)) {
      await this.sweep().catch((error: unknown) => {
        this.logger.debug(`The queue could not be swept: ${error instanceof Error ? error.message : 'unknown'}`);
      });
    }
  }

  private async sweep(): Promise<void> {
    const { keepMs, keepFailedMs } = this.settings;
    await this.forget('completed', keepMs);
    await this.forget('failed', keepFailedMs);
    await this.connection.engine.sweepStores();
  }

  private async forget(state: EndedState, forMs: number): Promise<void> {
    const { messages, engine } = this.connection;
    // The engines count whole milliseconds, and none since before there was time.
    const keepMs = Math.min(Math.ceil(forMs), Date.now());
    let forgotten = BATCH_SIZE;
    while (forgotten === BATCH_SIZE && !this.stopped.signal.aborted) {
      forgotten = await engine.forget(messages, { queue: this.settings.name, state, keepMs, most: BATCH_SIZE });
    }
  }
}
