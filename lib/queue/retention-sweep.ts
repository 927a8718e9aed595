import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { wait } from '../time/wait.js';
import type { QueueConnection } from './queue-connection.js';

const EVERY_MS = 60_000;
const ROWS_AT_ONCE = 1_000;

/** Forgets what has ended long ago. BullMQ's own way of it would cost every message some time. */
export class RetentionSweep {
  private readonly stopped = new AbortController();
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: QueueConnection,
    private readonly keepMs: number,
    private readonly logger: MessagingLogger,
  ) {}

  start(): void {
    this.sweeping = this.sweepAgainAndAgain();
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.sweeping;
  }

  private async sweepAgainAndAgain(): Promise<void> {
    while (await wait(Math.min(EVERY_MS, Math.max(1_000, this.keepMs)), this.stopped.signal)) {
      await this.sweep().catch((error: unknown) => {
        this.logger.debug(`The queue could not be swept: ${error instanceof Error ? error.message : 'unknown'}`);
      });
    }
  }

  private async sweep(): Promise<void> {
    const { messages, engine } = this.connection;
    // The engines count whole milliseconds, and none since before there was time.
    const keepMs = Math.min(Math.ceil(this.keepMs), Date.now());
    for (const state of ['completed', 'failed'] as const) {
      let swept = ROWS_AT_ONCE;
      while (swept === ROWS_AT_ONCE && !this.stopped.signal.aborted) {
        swept = (await messages.clean(keepMs, ROWS_AT_ONCE, state)).length;
      }
    }
    await engine.sweepStores();
  }
}
