import type { ButtonMessagingError } from './errors/button-messaging.error.js';
import type { ButtonMessageOptions } from './message/button-message-options.interface.js';
import type { SentMessage } from './message/sent-message.interface.js';

/**
 * The progress of a `sendMany`.
 *
 * @publicApi
 */
export interface SendManyProgress {
  /** The number of messages that are done, with any result. */
  done: number;
  /** The number of accepted messages. */
  sent: number;
  /** The number of messages that ended with an error, including unknown outcomes. */
  failed: number;
}

/**
 * The result of one message of `sendMany`: either `sent` or `error`.
 *
 * @publicApi
 */
export type SendManyResult =
  | {
      /** The message's index in the source, from 0. */
      index: number;
      /** The accepted message. */
      sent: SentMessage;
      error?: undefined;
    }
  | {
      /** The message's index in the source, from 0. */
      index: number;
      /** Why it was not accepted, or that its outcome is unknown. */
      error: ButtonMessagingError;
      sent?: undefined;
    };

/**
 * Options of `sendMany`. The options of `send` apply to each message.
 *
 * @publicApi
 */
export interface SendManyOptions extends ButtonMessageOptions {
  /**
   * Maximum number of concurrent sends.
   *
   * @default 16
   */
  concurrency?: number;
  /** Called after each message. */
  onProgress?: (progress: SendManyProgress) => void;
}

/**
 * Options of `ask`.
 *
 * @publicApi
 */
export interface AskOptions extends ButtonMessageOptions {
  /**
   * How long to wait for a reply after the message is accepted, in milliseconds.
   *
   * @default 300000
   */
  answerWithinMs?: number;
}
