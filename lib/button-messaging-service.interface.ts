import type { ButtonMessagingError } from './errors/button-messaging.error.js';
import type { ButtonMessageOptions } from './message/button-message-options.interface.js';
import type { SentMessage } from './message/sent-message.interface.js';

/** How far a `sendMany` has come. */
export interface SendManyProgress {
  /** Messages that have ended, however. */
  done: number;
  /** Those that a provider accepted. */
  sent: number;
  /** Those that ended with an error, an unknown outcome included. */
  failed: number;
}

/** The result of one message of `sendMany`: `sent` or `error`, never both. */
export type SendManyResult =
  | {
      /** The message's place in the source, counted from 0. */
      index: number;
      /** What the provider accepted. */
      sent: SentMessage;
      error?: undefined;
    }
  | {
      /** The message's place in the source, counted from 0. */
      index: number;
      /** Why it was not accepted, or that its outcome is unknown. */
      error: ButtonMessagingError;
      sent?: undefined;
    };

/** The options of `sendMany`; those of `send` hold for each message. */
export interface SendManyOptions extends ButtonMessageOptions {
  /** Messages under way at a time. Default: 16. */
  concurrency?: number;
  /** Called after each message that has ended. */
  onProgress?: (progress: SendManyProgress) => void;
}

/** The options of `ask`. */
export interface AskOptions extends ButtonMessageOptions {
  /** How long to wait for the answer once the message is accepted, in milliseconds. Default: 300,000. */
  answerWithinMs?: number;
}
