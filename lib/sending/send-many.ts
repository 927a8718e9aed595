import { isSource, mapConcurrent, type Source } from '../async/map-concurrent.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { errorName } from '../errors/error-name.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import {
  BUTTON_MESSAGE_OPTIONS,
  type ButtonMessageOptions,
  type SendManyOptions,
  type SendManyProgress,
  type SendManyResult,
} from '../message/button-message-options.interface.js';
import { checkIsObject, checkSendOptions } from '../message/check-send-options.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';

type SendOne<M> = (message: M, options: ButtonMessageOptions) => Promise<SentMessage>;

/** Sends each message of a source, and yields its result. */
export async function* sendMany<M>(
  messages: Source<M>,
  options: SendManyOptions,
  send: SendOne<M>,
  logger: MessagingLogger,
): AsyncGenerator<SendManyResult, void, undefined> {
  checkIsObject(options);
  const { concurrency = 16, onProgress, ...each } = options;
  checkSendOptions(each, BUTTON_MESSAGE_OPTIONS);
  checkSource(messages);
  checkConcurrency(concurrency);
  const progress: SendManyProgress = { done: 0, sent: 0, failed: 0 };
  const sendOne = (message: M, index: number) => resultOf(index, send(message, optionsOf(each, index)));
  for await (const result of mapConcurrent(messages, sendOne, { concurrency, signal: options.signal })) {
    progress.done += 1;
    progress[result.error === undefined ? 'sent' : 'failed'] += 1;
    notifyProgress(onProgress, { ...progress }, logger);
    yield result;
  }
}

/** Gives each message its own key under the common one. */
function optionsOf(options: ButtonMessageOptions, index: number): ButtonMessageOptions {
  const key = options.idempotencyKey;
  return key === undefined ? options : { ...options, idempotencyKey: `${key} ${index}` };
}

async function resultOf(index: number, sending: Promise<SentMessage>): Promise<SendManyResult> {
  try {
    return { index, sent: await sending };
  } catch (error) {
    if (error instanceof ButtonMessagingError) return { index, error };
    throw error;
  }
}

// An error of the callback must not lose results.
function notifyProgress(
  onProgress: SendManyOptions['onProgress'],
  progress: SendManyProgress,
  logger: MessagingLogger,
): void {
  try {
    onProgress?.(progress);
  } catch (error) {
    logger.error(`onProgress of sendMany() threw ${errorName(error)}.`);
  }
}

function checkSource(messages: unknown): void {
  if (isSource(messages)) return;
  throw new InvalidMessageError([
    { path: '', rule: 'isIterable', message: 'sendMany() requires an iterable of messages' },
  ]);
}

function checkConcurrency(concurrency: number): void {
  if (Number.isInteger(concurrency) && concurrency >= 1) return;
  const path = 'options.concurrency';
  throw new InvalidMessageError([{ path, rule: 'isWholeNumber', message: `${path} must be a positive integer` }]);
}
