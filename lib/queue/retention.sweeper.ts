import { Inject, Injectable } from '@nestjs/common';
import { delay } from '../async/delay.js';
import type { EndedState } from './engines/queue-engine.js';
import { MessagingCore } from './messaging-core.js';
import { QueueConnection } from './queue-connection.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';

const INTERVAL_MS = 60_000;
const MIN_INTERVAL_MS = 1_000;
const BATCH_SIZE = 1_000;

/** Deletes old messages and expired store entries periodically. BullMQ's own removal would slow down every message. */
@Injectable()
export class RetentionSweeper {
  private readonly stopped = new AbortController();
  private sweeping: Promise<void> = Promise.resolve();

  constructor(
    private readonly connection: QueueConnection,
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    private readonly core: MessagingCore,
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
    const everyMs = Math.min(INTERVAL_MS, Math.max(MIN_INTERVAL_MS, Math.min(keepMs, keepFailedMs)));
    while (await delay(everyMs, this.stopped.signal)) {
      await this.sweep().catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : 'unknown';
        this.core.logger.debug(`The queue's retention sweep failed: ${reason}`);
      });
    }
  }

  private async sweep(): Promise<void> {
    const { keepMs, keepFailedMs } = this.settings;
    await this.forget('completed', keepMs);
    await this.forget('failed', keepFailedMs);
    await this.connection.engine.sweepStores();
  }

  private async forget(state: EndedState, ageMs: number): Promise<void> {
    const { messages, engine } = this.connection;
    // The engines need whole milliseconds, and no time before 1970.
    const keepMs = Math.min(Math.ceil(ageMs), Date.now());
    let forgotten = BATCH_SIZE;
    while (forgotten === BATCH_SIZE && !this.stopped.signal.aborted) {
      forgotten = await engine.jobs.forget(messages, { queue: this.settings.name, state, keepMs, most: BATCH_SIZE });
    }
  }
}
