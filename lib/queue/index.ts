export { ButtonMessagingQueue } from './button-messaging.queue.js';
export { ButtonMessagingQueueModule } from './button-messaging-queue.module.js';
export type {
  EnqueueManyItem,
  EnqueueManyOptions,
  EnqueueManyResult,
  EnqueueManyWithOptions,
} from './enqueue-many.js';
export type { MessageKey } from './message-key.js';
export type { MessageList } from './message-list.js';
export type { MessageListOptions } from './message-list-options.js';
export * from './queue.errors.js';
export type { QueueAccountEvent, QueueEvent } from './queue-event.stream.js';
export type {
  ButtonMessagingQueueOptions,
  QueueEngineOptions,
  RedisClusterOptions,
  RedisInstance,
} from './queue-options.interface.js';
export type {
  EnqueueOptions,
  MessageError,
  QueuedMessage,
  QueuedMessageState,
} from './queued-message.interface.js';
export * from './stores/index.js';
