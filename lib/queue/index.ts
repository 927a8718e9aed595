export { ButtonMessagingQueue } from './button-messaging.queue.js';
export { ButtonMessagingQueueModule } from './button-messaging-queue.module.js';
export type { EnqueueManyOptions, EnqueueManyResult } from './enqueue-many.interface.js';
export * from './queue.errors.js';
export type { QueueEvent } from './queue-event.interface.js';
export type { ButtonMessagingQueueOptions, QueueEngineOptions } from './queue-options.interface.js';
export type {
  EnqueueOptions,
  MessageError,
  QueuedMessage,
  QueuedMessageState,
} from './queued-message.interface.js';
export * from './stores/index.js';
