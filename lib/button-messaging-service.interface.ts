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

/** What became of one message of many: `sent` or `error`. */
export interface SendManyResult {
  /** The message's place in the source, counted from 0. */
  index: number;
  sent?: SentMessage;
  error?: ButtonMessagingError;
}

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
