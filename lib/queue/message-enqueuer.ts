import { Inject, Injectable } from '@nestjs/common';
import { Deadline } from '../async/deadline.js';
import type { ButtonMessageDto } from '../message/dto/button-message.dto.js';
import type { Message } from '../message/message.interface.js';
import { checkEnqueueOptions } from './check-enqueue-options.js';
import { FairOrder } from './fair-order.js';
import { MessageAdder } from './message-adder.js';
import { createMessageJob } from './message-job.factory.js';
import { MessagingCore } from './messaging-core.js';
import { QueueEventStream } from './queue-event.stream.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';
import { QueueTelemetry } from './queue-telemetry.js';
import type { EnqueueOptions } from './queued-message.interface.js';

/** Validates a message, chooses its accounts and adds it to the queue. */
@Injectable()
export class MessageEnqueuer {
  constructor(
    @Inject(QUEUE_SETTINGS) private readonly settings: QueueSettings,
    private readonly core: MessagingCore,
    private readonly telemetry: QueueTelemetry,
    private readonly order: FairOrder,
    private readonly adder: MessageAdder,
    private readonly events: QueueEventStream,
  ) {}

  async enqueue(given: Message | ButtonMessageDto, options: EnqueueOptions): Promise<{ id: string }> {
    const { sender } = this.core;
    checkEnqueueOptions(options);
    const message = sender.checked(given, options);
    const accounts = await sender.accountsOf(options, { deadline: new Deadline(this.settings.enqueueTimeoutMs) });
    return this.telemetry.enqueue(async (trace) => {
      const added = createMessageJob(message, options, accounts, this.order, trace);
      const { id } = added;
      try {
        if (!(await this.adder.add(added))) return { id };
      } finally {
        this.order.added(accounts[0]?.name ?? '');
      }
      this.events.emit({ kind: 'enqueued', id });
      return { id };
    });
  }
}
