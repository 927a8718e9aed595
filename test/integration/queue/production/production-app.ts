import { Test, type TestingModule } from '@nestjs/testing';
import { ButtonMessagingModule, type ButtonMessagingModuleOptions } from '../../../../lib/index.js';
import {
  ButtonMessagingQueue,
  ButtonMessagingQueueModule,
  type ButtonMessagingQueueOptions,
  type QueuedMessage,
  type QueuedMessageState,
} from '../../../../lib/queue/index.js';
import { untyped } from '../../../support/button-messages.js';
import { message } from '../../../support/queue/queue-app.js';
import { until } from '../../../support/time.js';

/** Selects the messages that `list` returns. */
export interface ListOptions {
  state?: QueuedMessageState;
  group?: string;
  limit?: number;
  after?: string;
}

/** The methods of a queue for campaigns. */
interface CampaignQueue {
  list(options: ListOptions): PromiseLike<QueuedMessage[]> & AsyncIterable<QueuedMessage>;
  retry(which: string | { group?: string }): Promise<unknown>;
}

/** An application with the default settings for retry, circuit breaker and pacing. */
export class ProductionApp {
  readonly queue: ButtonMessagingQueue;

  private constructor(private readonly module: TestingModule) {
    this.queue = module.get(ButtonMessagingQueue);
  }

  static async start(
    queue: ButtonMessagingQueueOptions,
    messaging: ButtonMessagingModuleOptions,
  ): Promise<ProductionApp> {
    const module = await Test.createTestingModule({
      imports: [
        ButtonMessagingModule.forRoot({ logger: false, ...messaging }),
        // A busy machine must not count as an outage of the engine.
        ButtonMessagingQueueModule.forRoot({ enqueueTimeoutMs: 30_000, ...queue }),
      ],
    }).compile();
    await module.init();
    return new ProductionApp(module);
  }

  get campaigns(): CampaignQueue {
    if (!isCampaignQueue(this.queue)) throw new Error('The queue has no list() and retry()');
    return this.queue;
  }

  /** Enqueues a message for each text. Returns the ids in the same order. */
  async enqueueAll(account: string, texts: readonly string[], group?: string): Promise<string[]> {
    const ids: string[] = [];
    const options = untyped<{ account: string }>({ account, ...(group !== undefined && { group }) });
    const messages = texts.map((text) => message(text));
    for await (const { index, id, error } of this.queue.enqueueMany(messages, options)) {
      if (error) throw error;
      ids[index] = id ?? '';
    }
    return ids;
  }

  async stateOf(id: string): Promise<QueuedMessageState | undefined> {
    return (await this.queue.find(id))?.state;
  }

  /** Counts these messages by state. */
  async states(ids: readonly string[]): Promise<Partial<Record<QueuedMessageState | 'gone', number>>> {
    const counts: Partial<Record<QueuedMessageState | 'gone', number>> = {};
    for (const id of ids) {
      const state = (await this.stateOf(id)) ?? 'gone';
      counts[state] = (counts[state] ?? 0) + 1;
    }
    return counts;
  }

  /** Resolves when all these messages are in the state. */
  async are(ids: readonly string[], state: QueuedMessageState, withinMs = 20_000): Promise<void> {
    for (const id of ids) await until(async () => (await this.stateOf(id)) === state, withinMs);
  }

  close(): Promise<void> {
    return this.module.close();
  }
}

/** Returns `count` different texts. */
export function textsOf(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${name} ${index}`);
}

function isCampaignQueue(queue: object): queue is CampaignQueue {
  return ['list', 'retry'].every((name) => typeof Reflect.get(queue, name) === 'function');
}
