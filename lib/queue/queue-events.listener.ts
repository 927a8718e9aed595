import { Inject, Injectable } from '@nestjs/common';
import { delay, withTimeout } from '../async/delay.js';
import { CLOSE_TIMEOUT_MS, type EngineEvents } from './engines/queue-engine.js';
import { DISCARDED, HeldMessages, RELEASED } from './held-messages.js';
import { MessagingCore } from './messaging-core.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEventStream } from './queue-event.stream.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import { errorOf, sentOf } from './queued-message.mapper.js';

const RESTART_DELAY_MS = 500;

/** Publishes the events of the queue's jobs in all processes. */
@Injectable()
export class QueueEventsListener {
  private readonly closing = new AbortController();
  // Private by syntax, because these hold the server's password.
  #listening: EngineEvents[] = [];

  constructor(
    private readonly connection: QueueConnection,
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    private readonly held: HeldMessages,
    private readonly events: QueueEventStream,
    private readonly core: MessagingCore,
  ) {}

  /** Resolves when it receives every later event. @throws QueueUnavailableError */
  async start(): Promise<void> {
    const { engine } = this.connection;
    const { name } = this.settings;
    const [messages, held] = await Promise.all([engine.listen(name), engine.listen(`${name}-held`)]);
    this.#listening = [messages, held];
    await this.connection.waitUntilReady(() => Promise.all(this.#listening.map((events) => events.waitUntilReady())));
    this.listenToMessages(messages);
    this.listenToHeld(held);
    for (const events of this.#listening) void this.run(events);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await withTimeout(CLOSE_TIMEOUT_MS, Promise.allSettled(this.#listening.map((events) => events.close())));
  }

  private listenToMessages(messages: EngineEvents): void {
    messages.on('added', ({ jobId: id, name }) => {
      if (name === 'message') this.events.next({ kind: 'enqueued', id });
      if (name === RELEASED) this.events.next({ kind: 'released', id, how: 'resend' });
    });
    messages.on('completed', ({ jobId: id, returnvalue }) => {
      const sent = sentOf({ returnvalue });
      if (sent) this.events.next({ kind: 'sent', id, sent });
    });
    messages.on('failed', ({ jobId: id, failedReason }) =>
      this.events.next({ kind: 'failed', id, error: errorOf(failedReason) }),
    );
    // Only a retry moves a failed job to waiting.
    messages.on('waiting', ({ jobId: id, prev }) => {
      if (prev === 'failed') this.events.next({ kind: 'retried', id });
    });
  }

  private listenToHeld(held: EngineEvents): void {
    held.on('added', ({ jobId }) => void this.publishHeld(jobId));
    held.on('progress', ({ jobId: id, data }) => {
      if (data === DISCARDED) this.events.next({ kind: 'released', id, how: 'discard' });
    });
  }

  /** Restarts, because BullMQ handles lost connections while it reads but tries to start only once. */
  private async run(events: EngineEvents): Promise<void> {
    do {
      await events.run().catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : 'unknown';
        this.core.logger.debug(`The queue's event listener stopped: ${reason}`);
      });
    } while (await delay(RESTART_DELAY_MS, this.closing.signal));
  }

  private async publishHeld(id: string): Promise<void> {
    try {
      const error = (await this.held.find(id))?.error;
      if (error) this.events.next({ kind: 'held', id, error });
    } catch {
      this.core.logger.debug(`Message ${id} was moved to held, but its error could not be read.`, () => ({ id }));
    }
  }
}
