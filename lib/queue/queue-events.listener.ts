import { delay, withTimeout } from '../async/delay.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import { CLOSE_TIMEOUT_MS, type EngineEvents } from './engines/queue-engine.js';
import { DISCARDED, type HeldMessages, RELEASED } from './held-messages.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueEventStream } from './queue-event.stream.js';
import type { QueueSettings } from './queue-settings.js';
import { errorOf, sentOf } from './queued-message.mapper.js';

const RESTART_DELAY_MS = 500;

/** Hears what happens to the queue's messages in all processes. */
export class QueueEventsListener {
  private readonly closing = new AbortController();
  #listening: EngineEvents[] = [];

  constructor(
    private readonly connection: QueueConnection,
    private readonly settings: QueueSettings,
    private readonly held: HeldMessages,
    private readonly events: QueueEventStream,
    private readonly logger: MessagingLogger,
  ) {}

  /** Resolves when nothing is missed any more. @throws QueueUnavailableError. */
  async start(): Promise<void> {
    const { engine } = this.connection;
    const { name } = this.settings;
    const [messages, held] = await Promise.all([engine.listen(name), engine.listen(`${name}-held`)]);
    this.#listening = [messages, held];
    await this.connection.waitUntilReady(() => Promise.all(this.#listening.map((events) => events.waitUntilReady())));
    messages.on('added', ({ jobId: id, name: how }) => {
      if (how === 'message') this.events.next({ kind: 'enqueued', id });
      if (how === RELEASED) this.events.next({ kind: 'released', id, how: 'resend' });
    });
    messages.on('completed', ({ jobId: id, returnvalue }) => {
      const sent = sentOf({ returnvalue });
      if (sent) this.events.next({ kind: 'sent', id, sent });
    });
    messages.on('failed', ({ jobId: id, failedReason }) =>
      this.events.next({ kind: 'failed', id, error: errorOf(failedReason) }),
    );
    // Only whoever retries a failed message brings one back from there.
    messages.on('waiting', ({ jobId: id, prev }) => {
      if (prev === 'failed') this.events.next({ kind: 'retried', id });
    });
    held.on('added', ({ jobId }) => void this.hearHeld(jobId));
    held.on('progress', ({ jobId: id, data }) => {
      if (data === DISCARDED) this.events.next({ kind: 'released', id, how: 'discard' });
    });
    for (const events of this.#listening) void this.run(events);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await withTimeout(CLOSE_TIMEOUT_MS, Promise.allSettled(this.#listening.map((events) => events.close())));
  }

  /** BullMQ heeds lost connections once it reads; to begin, it tries once. */
  private async run(events: EngineEvents): Promise<void> {
    do {
      await events.run().catch((error: unknown) => {
        this.logger.debug(`The queue's events: ${error instanceof Error ? error.message : 'unknown'}`);
      });
    } while (await delay(RESTART_DELAY_MS, this.closing.signal));
  }

  private async hearHeld(id: string): Promise<void> {
    try {
      const error = (await this.held.find(id))?.error;
      if (error) this.events.next({ kind: 'held', id, error });
    } catch {
      this.logger.debug(`The message ${id} is held; why could not be read.`, () => ({ id }));
    }
  }
}
