import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { EngineEvents } from './engines/queue-engine.js';
import { DISCARDED, type HeldMessages, RELEASED } from './held-messages.js';
import type { QueueConnection } from './queue-connection.js';
import type { QueueEvents } from './queue-events.js';
import type { QueueSettings } from './queue-settings.js';
import { errorOf, sentOf } from './queued-message.reader.js';

/** Hears what happens to the queue's messages in all processes. */
export class QueueListener {
  private listening: EngineEvents[] = [];

  constructor(
    private readonly connection: QueueConnection,
    private readonly settings: QueueSettings,
    private readonly held: HeldMessages,
    private readonly events: QueueEvents,
    private readonly logger: MessagingLogger,
  ) {}

  /** Resolves when nothing is missed any more. */
  async start(): Promise<void> {
    const { engine } = this.connection;
    const { name } = this.settings;
    const [messages, held] = await Promise.all([engine.listen(name), engine.listen(`${name}-held`)]);
    this.listening = [messages, held];
    messages.on('added', ({ jobId: id, name: how }) => {
      if (how === 'message') this.events.hear({ kind: 'enqueued', id });
      if (how === RELEASED) this.events.hear({ kind: 'released', id, how: 'resend' });
    });
    messages.on('completed', ({ jobId: id, returnvalue }) => {
      const sent = sentOf({ returnvalue });
      if (sent) this.events.hear({ kind: 'sent', id, sent });
    });
    messages.on('failed', ({ jobId: id, failedReason }) =>
      this.events.hear({ kind: 'failed', id, error: errorOf(failedReason) }),
    );
    held.on('added', ({ jobId }) => void this.hearHeld(jobId));
    held.on('progress', ({ jobId: id, data }) => {
      if (data === DISCARDED) this.events.hear({ kind: 'released', id, how: 'discard' });
    });
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.listening.map((events) => events.close()));
  }

  private async hearHeld(id: string): Promise<void> {
    try {
      const error = (await this.held.find(id))?.error;
      if (error) this.events.hear({ kind: 'held', id, error });
    } catch {
      this.logger.debug(`The message ${id} is held; why could not be read.`);
    }
  }
}
