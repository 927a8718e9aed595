import { Inject, Injectable } from '@nestjs/common';
import { withTimeout } from '../async/delay.js';
import { wakeWorker } from './engines/bullmq-internals/wake-worker.js';
import type { MessageJob, MessageWorker } from './engines/queue-engine.js';
import { HeldMessages } from './held-messages.js';
import type { MessageProcessor } from './message.processor.js';
import { MessagingCore } from './messaging-core.js';
import { QueueConnection } from './queue-connection.js';
import { QueueEventStream } from './queue-event.stream.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import { errorOf, sentOf } from './queued-message.mapper.js';
import { MESSAGE_PROCESSOR, WorkerContext } from './worker-context.js';
import { WorkerTrouble } from './worker-trouble.js';

/** How long messages whose send was aborted may take to be moved to held. */
const CUT_OFF_MS = 3_000;

/** Runs BullMQ's worker in this process until it is closed. */
@Injectable()
export class QueueWorker {
  // Private by syntax, because it holds the server's password.
  #worker: MessageWorker | undefined;
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    @Inject(MESSAGE_PROCESSOR) private readonly processor: MessageProcessor,
    private readonly context: WorkerContext,
    private readonly connection: QueueConnection,
    private readonly held: HeldMessages,
    private readonly events: QueueEventStream,
    private readonly trouble: WorkerTrouble,
    private readonly core: MessagingCore,
  ) {}

  /**
   * Starts once the engine has responded. Otherwise BullMQ's worker would keep a first connection failure and retry in
   * a loop that blocks the process.
   *
   * @throws QueueUnavailableError
   */
  async start(): Promise<void> {
    const worker = this.createWorker();
    this.#worker = worker;
    await this.connection.waitUntilReady(() => worker.waitUntilReady());
    this.running = worker.run().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : 'unknown';
      this.core.logger.error(`The queue's worker stopped: ${reason}`);
    });
  }

  /** Fetches no more jobs, waits `closeTimeoutMs` for sends in flight, then aborts them. */
  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    this.context.slots.close();
    const closed = worker.close();
    await withTimeout(this.settings.closeTimeoutMs, closed);
    this.context.cutOff.abort();
    await withTimeout(CUT_OFF_MS, Promise.all([closed, this.running]));
    this.context.abandoned.abort();
    await worker.letGo();
  }

  private createWorker(): MessageWorker {
    const { connection, settings, context, held, processor } = this;
    // More jobs are fetched than are sent at a time, so that jobs are prepared and completed while others wait for their
    // provider. A concurrency of 1 stays 1, which keeps the order.
    const concurrency = settings.concurrency === 1 ? 1 : 2 * settings.concurrency;
    const process = (job: MessageJob, token?: string) => processor.processJob(job, token ?? '');
    const worker = connection.engine.worker(settings.name, process, concurrency, {
      ...context.repetition,
      find: (id) => connection.run(() => connection.messages.getJob(id)),
      resolve: (job, sent, closing) => held.resolve(job.id ?? '', job.data, sent, closing),
    });
    context.onExtraJobs = (extra) => {
      const isMore = concurrency + extra > worker.concurrency;
      worker.concurrency = concurrency + extra;
      if (isMore) wakeWorker(worker);
    };
    this.listenTo(worker);
    return worker;
  }

  private listenTo(worker: MessageWorker): void {
    worker.on('error', (error) => this.trouble.report(error));
    for (const event of ['active', 'drained'] as const) worker.on(event, () => this.trouble.clear());
    worker.on('completed', (job) => {
      const sent = sentOf(job);
      if (sent) this.events.emit({ kind: 'sent', id: job.id ?? '', sent });
    });
    worker.on('failed', (job, error) => {
      if (job?.finishedOn === undefined) return;
      this.events.emit({ kind: 'failed', id: job.id ?? '', error: errorOf(error.message) });
    });
  }
}
