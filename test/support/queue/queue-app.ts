import { Test, type TestingModule } from '@nestjs/testing';
import {
  type ButtonMessage,
  ButtonMessagingModule,
  type ButtonMessagingModuleOptions,
  type SentMessage,
  SentMessageStore,
} from '../../../lib/index.js';
import {
  ButtonMessagingQueue,
  ButtonMessagingQueueModule,
  type ButtonMessagingQueueOptions,
  type QueuedMessageState,
  type QueueEvent,
} from '../../../lib/queue/index.js';
import { QueueConnection } from '../../../lib/queue/queue-connection.js';
import type { GatewaySimulator } from '../../../lib/simulator/index.js';
import { nextPhone } from '../responses.js';
import { until } from '../time.js';

/** An application with the queue in it, whose messages go to the simulator. */
export class QueueApp {
  readonly events: QueueEvent[] = [];
  private constructor(
    private readonly app: TestingModule,
    readonly queue: ButtonMessagingQueue,
  ) {
    queue.events$.subscribe((event) => this.events.push(event));
  }

  static async start(
    simulator: GatewaySimulator,
    queue: ButtonMessagingQueueOptions,
    messaging: ButtonMessagingModuleOptions = {},
  ): Promise<QueueApp> {
    const module = await Test.createTestingModule({
      imports: [
        ButtonMessagingModule.forRoot({
          logger: false,
          accounts: simulator.accounts(),
          defaultAccount: 'z-api',
          ...messaging,
        }),
        ButtonMessagingQueueModule.forRoot(queue),
      ],
    }).compile();
    await module.init();
    return new QueueApp(module, module.get(ButtonMessagingQueue));
  }

  /** What the queue is made of, to put there what other versions have left. */
  get connection(): QueueConnection {
    return this.app.get(QueueConnection, { strict: false });
  }

  /** Resolves as soon as a message is in that state, and gives it. */
  async is(id: string, state: QueuedMessageState, withinMs = 30_000) {
    await until(async () => (await this.queue.find(id))?.state === state, withinMs);
    return this.queue.find(id);
  }

  /** Whether an answer to this message would find it. */
  async remembers(sent: SentMessage | undefined): Promise<boolean> {
    const store = this.app.get(SentMessageStore, { strict: false });
    return (await store.byMessageId(sent?.account ?? '', sent?.messageId ?? '')) !== undefined;
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

export function message(text = 'Hello'): ButtonMessage {
  return { to: nextPhone(), text, buttons: [{ type: 'reply', id: 'a', title: 'A' }] };
}
