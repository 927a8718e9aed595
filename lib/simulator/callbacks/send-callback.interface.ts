import type { AnswerOptions, DeliverOptions, ReplyContent, ReplyOptions } from '../inbound/inbound.interface.js';
import type { DeliveryFailure, MessageStatus } from '../messages/accepted-message.interface.js';

/** An automatic callback of a sent message. @publicApi */
export type SendCallback =
  | {
      readonly kind: 'deliver';
      readonly status: MessageStatus;
      readonly reason?: string | DeliveryFailure;
      readonly options?: DeliverOptions;
    }
  /** `button`: the ID, the title, or the index in the message. */
  | { readonly kind: 'press'; readonly button: string | number; readonly options?: AnswerOptions }
  | { readonly kind: 'type'; readonly text: string; readonly quoting?: boolean; readonly options?: AnswerOptions }
  | { readonly kind: 'reply'; readonly content: ReplyContent; readonly options?: ReplyOptions }
  | { readonly kind: 'echo' };

/** When and how often automatic callbacks are sent. @publicApi */
export interface SendCallbackOptions {
  /** Whether they are sent, and responded to, before the response to the message. @default 'after-answer' */
  readonly when?: 'before-answer' | 'after-answer';
  /** The number of accepted messages. `Infinity` means until `heal()`. @default 1 */
  readonly times?: number;
}
