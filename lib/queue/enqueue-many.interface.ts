import type { BoundedRunOptions } from '../delivery/run-bounded.js';
import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { EnqueueOptions } from './queued-message.interface.js';

/** The options of `enqueueMany`. An `idempotencyKey` stands for the whole: each message has its own, made of it and of its index. */
export interface EnqueueManyOptions extends EnqueueOptions, Partial<BoundedRunOptions> {}

/** What became of one message of `enqueueMany`. */
export interface EnqueueManyResult {
  /** The message's place in the source, counted from 0. */
  index: number;
  /** Where it was accepted. */
  id?: string;
  /** Where it was not, save for an `unknown` outcome. */
  error?: ButtonMessagingError;
}
