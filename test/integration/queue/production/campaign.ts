import type { GatewaySimulator } from '../../../../lib/simulator/index.js';
import { message, type QueueApp } from '../../../support/queue/queue-app.js';
import { until } from '../../../support/time.js';

const ENQUEUED_WITHIN_MS = 60_000;
const DONE_WITHIN_MS = 90_000;

/** Enqueues messages in sequence, each until it is accepted, and counts the messages at the provider. */
export class Campaign {
  accepted = 0;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly app: QueueApp,
    private readonly simulator: GatewaySimulator,
    private readonly name: string,
  ) {}

  start(messages: number): void {
    this.running = this.enqueueAll(messages);
    this.running.catch(() => undefined);
  }

  /** Resolves when `messages` more messages were accepted. */
  async advance(messages: number): Promise<void> {
    const from = this.accepted;
    await until(() => this.accepted >= from + messages, ENQUEUED_WITHIN_MS);
  }

  /** Waits until no message is left, and returns what the provider and the queue have. */
  async end(): Promise<{ sent: number; twice: string[]; held: number; failed: number }> {
    await this.running;
    await until(
      () =>
        this.app.queue.counts().then(
          ({ waiting, delayed, active }) => waiting + delayed + active === 0,
          () => false,
        ),
      DONE_WITHIN_MS,
    );
    const texts = this.simulator.messages().flatMap(({ text }) => (text?.startsWith(`${this.name} `) ? [text] : []));
    const twice = texts.filter((text, index) => texts.indexOf(text) !== index);
    const { held, failed } = await this.app.queue.counts();
    return { sent: new Set(texts).size, twice, held, failed };
  }

  private async enqueueAll(messages: number): Promise<void> {
    for (let index = 0; index < messages; index += 1) {
      const text = `${this.name} ${index}`;
      // A repeated key requires the same message, so the recipient must stay the same.
      const given = message(text);
      await until(
        () =>
          this.app.queue.enqueue(given, { idempotencyKey: text }).then(
            () => true,
            () => false,
          ),
        ENQUEUED_WITHIN_MS,
      );
      this.accepted += 1;
    }
  }
}
