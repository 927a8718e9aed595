import { IsMessageRecipient, IsText } from '../../validation/index.js';
import type { MessageRecipient } from '../button-message.interface.js';
import { FIXED_LIMITS } from '../limits.js';

/** The class form of `TextMessage`, for `@Body()` in controllers. @publicApi */
export class TextMessageDto {
  /** A phone number, or an object with exactly one of `phone`, `lid`, `userId`, `group` and `conversation`. */
  @IsMessageRecipient()
  to!: MessageRecipient;

  /** 1–4,096 characters. */
  @IsText(FIXED_LIMITS.text)
  text!: string;
}
