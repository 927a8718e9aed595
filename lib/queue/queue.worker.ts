import { setMaxListeners } from 'node:events';
import { withTimeout } from '../async/delay.js';
import { wakeWorker } from './engines/bullmq-internals/wake-worker.js';
import type { MessageWorker } from './engines/queue-engine.js';
import type { Repetition } from './engines/retry-until-written.js';
import { MessageProcessor, type WorkerParts } from './message.processor.js';
import { errorOf, sentOf } from './queued-message.mapper.js';
import { Semaphore } from './semaphore.js';

/** What is cut off at the end is put aside within that. */
const CUT_OFF_MS = 3_000;

/** Takes messages up, in this process, until it is closed. */
export class QueueWorker {
  readonly #worker: MessageWorker;
  private readonly cutOff = new AbortController();
  private readonly abandoned = new AbortController();
  private readonly slots: Semaphore;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: WorkerParts) {
    const { connection, settings, trouble, events, held } = parts;
    // Those that wait listen to them each for itself.
    setMaxListeners(0, this.cutOff.signal, this.abandoned.signal);
    const onError = (error: unknown) => trouble.meet(error);
    const repetition: Repetition = { signal: this.abandoned.signal, onError };
    const { name, concurrency } = settings;
    const atOnce = jobsAtOnce(concurrency);
    this.slots = new Semaphore(concurrency, (more) => {
      const isMore = atOnce + more > this.#worker.concurrency;
      this.#worker.concurrency = atOnce + more;
      if (isMore) wakeWorker(this.#worker);
    });
    const processor = new MessageProcessor({ ...parts, slots: this.slots, cutOff: this.cutOff.signal, repetition });
    this.#worker = connection.engine.worker(name, (job, token) => processor.processJob(job, token ?? ''), atOnce, {
      ...repetition,
      find: (id) => connection.run(() => connection.messages.getJob(id)),
      settle: (job, sent, closing) => held.resolve(job.id ?? '', job.data, sent, closing),
    });
    this.#worker.on('error', onError);
    for (const sign of ['active', 'drained'] as const) this.#worker.on(sign, () => trouble.end());
    this.#worker.on('completed', (job) => {
      const sent = sentOf(job);
      if (sent) events.emit({ kind: 'sent', id: job.id ?? '', sent });
    });
    this.#worker.on('failed', (job, error) => {
      if (job?.finishedOn !== undefined)
        events.emit({ kind: 'failed', id: job.id ?? '', error: errorOf(error.message) });
    });
  }

  /**
   * Begins, once the engine has answered: BullMQ's worker would keep a first failure for ever, and try again without
   * letting anything else in the process have its turn. @throws QueueUnavailableError.
   */
  async start(): Promise<void> {
    await this.parts.connection.waitUntilReady(() => this.#worker.waitUntilReady());
    this.running = this.#worker.run().catch((error: unknown) => {
      this.parts.logger.error(`The queue's worker ended: ${error instanceof Error ? error.message : 'unknown'}`);
    });
  }

  /** Takes nothing more, lets what is in flight finish for a while, and cuts off the rest. */
  async close(): Promise<void> {
    this.slots.close();
    const closed = this.#worker.close();
    await withTimeout(this.parts.settings.closeTimeoutMs, closed);
    this.cutOff.abort();
    await withTimeout(CUT_OFF_MS, Promise.all([closed, this.running]));
    this.abandoned.abort();
    await this.#worker.letGo();
  }
}

/**
 * More than are sent at a time: while these wait for their provider, others are fetched and put away. One at a time
 * stays one, and thereby in order.
 */
function jobsAtOnce(concurrency: number): number {
  return concurrency === 1 ? 1 : 2 * concurrency;
}
