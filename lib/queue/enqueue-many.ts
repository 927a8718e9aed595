import { isSource, type MapConcurrentOptions, mapConcurrent, type Source } from '../async/map-concurrent.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { checkIsObject } from '../message/check-send-options.js';
import type { ButtonMessageDto } from '../message/dto/button-message.dto.js';
import type { Message } from '../message/message.interface.js';
import { isRecord } from '../validation/is-record.js';
import { checkEnqueueOptions } from './check-enqueue-options.js';
import { keyInGroup } from './message-job.factory.js';
import type { EnqueueOptions } from './queued-message.interface.js';

const DEFAULT_CONCURRENCY = 100;

/** A message of `enqueueMany` with its own options, which override the common ones. @publicApi */
export interface EnqueueManyWithOptions {
  message: Message | ButtonMessageDto;
  options?: EnqueueOptions;
}

/** An item of the source of `enqueueMany`. @publicApi */
export type EnqueueManyItem = Message | ButtonMessageDto | EnqueueManyWithOptions;

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

type EnqueueOne = (message: EnqueueManyWithOptions['message'], options: EnqueueOptions) => Promise<{ id: string }>;

/** Enqueues each item with the common options, which its own options override. */
export async function* enqueueMany(
  items: Source<EnqueueManyItem>,
  options: EnqueueManyOptions,
  enqueue: EnqueueOne,
): AsyncGenerator<EnqueueManyResult, void, undefined> {
  checkIsObject(options);
  const { concurrency = DEFAULT_CONCURRENCY, signal, ...common } = options;
  checkEnqueueOptions(common);
  checkConcurrency(concurrency);
  checkSource(items);
  const enqueueOne = async (item: EnqueueManyItem, index: number): Promise<EnqueueManyResult> => {
    try {
      const { message, options: own } = isWithOptions(item) ? item : { message: item };
      return { index, ...(await enqueue(message, optionsOf(message, common, own))) };
    } catch (error) {
      if (error instanceof ButtonMessagingError) return { index, error };
      throw error;
    }
  };
  yield* mapConcurrent(items, enqueueOne, { concurrency, signal });
}

function checkSource(items: unknown): void {
  if (isSource(items)) return;
  const message = 'enqueueMany requires an iterable, an async iterable or a stream of messages';
  throw new InvalidMessageError([{ path: '', rule: 'isIterable', message }]);
}

function checkConcurrency(concurrency: unknown): void {
  if (typeof concurrency === 'number' && Number.isInteger(concurrency) && concurrency >= 1) return;
  const path = 'options.concurrency';
  throw new InvalidMessageError([{ path, rule: 'isWholeNumber', message: `${path} must be an integer of at least 1` }]);
}

/** A message has no field `message`. */
function isWithOptions(item: EnqueueManyItem): item is EnqueueManyWithOptions {
  return isRecord(item) && 'message' in item;
}

/** An own key is used as it is. A common key becomes a different key for each message. */
function optionsOf(message: unknown, common: EnqueueOptions, own: EnqueueOptions = {}): EnqueueOptions {
  checkIsObject(own);
  const both = { ...common, ...own };
  // An own `account` replaces a common `via`, and the other way around.
  if (own.account !== undefined && own.via === undefined) delete both.via;
  if (own.via !== undefined && own.account === undefined) delete both.account;
  const { idempotencyKey: key } = common;
  if (key === undefined || own.idempotencyKey !== undefined) return both;
  return { ...both, idempotencyKey: keyInGroup(key, message) };
}
