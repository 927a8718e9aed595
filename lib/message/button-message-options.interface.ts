import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { Template } from './message.interface.js';
import { type OptionNames, SEND_OPTIONS, type SendOptions } from './send-options.interface.js';
import type { SentMessage } from './sent-message.interface.js';

/** The options of `ButtonMessagingService.send`. @publicApi */
export interface ButtonMessageOptions extends SendOptions {
  /**
   * Accounts for failover, in order, instead of `account`. The next one is tried if nothing was sent because of the
   * account.
   */
  via?: string[];
  /** The provider's ID of the message to quote. Not every provider supports it. */
  inReplyTo?: string;
  /** What to do if a provider does not support reply buttons and other buttons in one message. @default 'reject' */
  mixed?: 'reject' | 'split';
  /** `text` sends a text with numbered buttons if the account does not support the buttons. @default 'none' */
  fallback?: 'none' | 'text';
  /**
   * `text` sends a text with numbered buttons, once, if a later status says that the buttons were rejected. Requires
   * webhooks.
   *
   * @default 'none'
   */
  lateFallback?: 'none' | 'text';
  /**
   * The template to send instead, once, if the recipient's last message is over 24 hours old: at once if the provider
   * rejects the message, or when a later status says so. Statuses require webhooks.
   *
   * @see {@link https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages}
   *
   * @example
   * await this.messaging.send(question, { windowClosed: { name: 'appointment_reminder', language: 'pt_BR' } });
   */
  windowClosed?: Template;
}

/** The names of the options of `ButtonMessagingService.send`. */
export const BUTTON_MESSAGE_OPTIONS: OptionNames<ButtonMessageOptions> = {
  ...SEND_OPTIONS,
  via: true,
  inReplyTo: true,
  mixed: true,
  fallback: true,
  lateFallback: true,
  windowClosed: true,
};

/** The options that decide whether and how an account supports a message. @publicApi */
export type FormOptions = Pick<ButtonMessageOptions, 'mixed' | 'fallback' | 'inReplyTo'>;

/** The options of `reply`. The account that received the event sends the reply. @publicApi */
export type ReplyOptions = Omit<ButtonMessageOptions, 'account' | 'via'>;

const { account: _account, via: _via, ...REPLY } = BUTTON_MESSAGE_OPTIONS;

/** The names of the options of `reply`. */
export const REPLY_OPTIONS: OptionNames<ReplyOptions> = REPLY;

/** Whether an account supports a message. @publicApi */
export interface Carrier {
  /** The account's name. */
  account: string;
  provider: string;
  /** Whether the account can send the message in any form. */
  carries: boolean;
  /** The form in which it is sent, if the account supports it. A `split` message, or a `text` with numbered choices, is another form than the message's own. */
  as?: 'buttons' | 'list' | 'template' | 'text' | 'split';
  /** Why the account does not support it. Empty if it does. */
  reasons: string[];
}

/** The progress of `sendMany`. @publicApi */
export interface SendManyProgress {
  /** Completed messages, successful or not. */
  done: number;
  /** Messages that a provider accepted. */
  sent: number;
  /** Messages that failed, including those with an unknown outcome. */
  failed: number;
}

/** The result of one message of `sendMany`: either `sent` or `error`. @publicApi */
export type SendManyResult =
  | {
      /** The message's position in the source, from 0. */
      index: number;
      /** The message that the provider accepted. */
      sent: SentMessage;
      error?: undefined;
    }
  | {
      /** The message's position in the source, from 0. */
      index: number;
      /** Why it was not accepted, or that its outcome is unknown. */
      error: ButtonMessagingError;
      sent?: undefined;
    };

/** The options of `sendMany`. Those of `send` apply to each message. @publicApi */
export interface SendManyOptions extends ButtonMessageOptions {
  /** Maximum number of concurrent sends. Set it to 1 to send in order. @default 16 */
  concurrency?: number;
  /** Called after each completed message. */
  onProgress?: (progress: SendManyProgress) => void;
}

/** The options of `ask`. @publicApi */
export interface AskOptions extends ButtonMessageOptions {
  /** Timeout of the reply after the message is accepted, in milliseconds. @default 300_000 */
  answerWithinMs?: number;
}
