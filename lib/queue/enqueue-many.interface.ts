import type { MapConcurrentOptions } from '../async/map-concurrent.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { ButtonMessageDto } from '../message/button-message.dto.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import type { EnqueueOptions } from './queued-message.interface.js';

/** A message of `enqueueMany` with its own options, which override the common ones. @publicApi */
export interface EnqueueManyWithOptions {
  message: ButtonMessage | ButtonMessageDto;
  options?: EnqueueOptions;
}

/** An item of the source of `enqueueMany`. @publicApi */
export type EnqueueManyItem = ButtonMessage | ButtonMessageDto | EnqueueManyWithOptions;

/**
 * The common options of `enqueueMany`. An `idempotencyKey` applies to the whole call: each message gets a key of its
 * own, derived from this one and from the message's content and recipient. The message's position does not matter.
 *
 * @publicApi
 */
export interface EnqueueManyOptions extends EnqueueOptions, Partial<MapConcurrentOptions> {}

/** The result of one message of `enqueueMany`: either `id` or `error`. @publicApi */
export type EnqueueManyResult =
  | {
      /** The message's position in the source, starting at 0. */
      index: number;
      /** The ID of the queued message. */
      id: string;
      error?: undefined;
    }
  | {
      /** The message's position in the source, starting at 0. */
      index: number;
      /** Why it was not queued. If its `outcome` is `unknown`, it may have been queued. */
      error: ButtonMessagingError;
      id?: undefined;
    };
