import type { AnswerOptions, DeliverOptions } from '../inbound/inbound.interface.js';
import type { DeliveryFailure, MessageStatus } from '../messages/accepted-message.interface.js';

/** What happens to a message by itself, around the answer of its own send. */
export type SendCallback =
  | {
      readonly kind: 'deliver';
      readonly status: MessageStatus;
      readonly reason?: string | DeliveryFailure;
      readonly options?: DeliverOptions;
    }
  /** `button`: its id, its title, or its place in the message, counted from 0. */
  | { readonly kind: 'press'; readonly button: string | number; readonly options?: AnswerOptions }
  | { readonly kind: 'type'; readonly text: string; readonly quoting?: boolean; readonly options?: AnswerOptions }
  | { readonly kind: 'echo' };

/** When and how often callbacks follow by themselves. */
export interface SendCallbackOptions {
  /**
   * Whether they are posted, and answered, before the send itself is answered. Default: `after-answer`.
   */
  readonly when?: 'before-answer' | 'after-answer';
  /** For how many accepted messages. Default: 1; `Infinity`: until `heal()`. */
  readonly times?: number;
}
