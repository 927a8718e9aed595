import type { MapConcurrentOptions } from '../async/map-concurrent.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { ButtonMessageDto } from '../message/button-message.dto.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import type { EnqueueOptions } from './queued-message.interface.js';

/** A message of `enqueueMany` with options of its own, which come before everybody's. */
export interface EnqueueManyWithOptions {
  message: ButtonMessage | ButtonMessageDto;
  options?: EnqueueOptions;
}

/** What `enqueueMany` takes. */
export type EnqueueManyItem = ButtonMessage | ButtonMessageDto | EnqueueManyWithOptions;

/**
 * The options of `enqueueMany`, for all messages that have none of their own. An `idempotencyKey` stands for the whole:
 * each message has its own, made of it and of what the message says and to whom, wherever it stands among the others.
 */
export interface EnqueueManyOptions extends EnqueueOptions, Partial<MapConcurrentOptions> {}

/** The result of one message of `enqueueMany`: `id` or `error`, never both. */
export type EnqueueManyResult =
  | {
      /** The message's place in the source, counted from 0. */
      index: number;
      /** The id of the queued message. */
      id: string;
      error?: undefined;
    }
  | {
      /** The message's place in the source, counted from 0. */
      index: number;
      /** Why it was not queued, or that its outcome is unknown. */
      error: ButtonMessagingError;
      id?: undefined;
    };
