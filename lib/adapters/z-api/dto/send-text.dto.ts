import { IsBoolean } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsRecipient, IsText, IsWholeNumber, Optional } from '../../../validation/index.js';

/**
 * `POST send-text`: a text without buttons.
 *
 * @see https://developer.z-api.io/en/message/send-message-text
 *
 * @publicApi
 */
export class SendTextDto {
  /** A phone number with country code, a group, a lid, a broadcast list or a newsletter. */
  @IsRecipient('phone', 'group', 'lid', 'broadcast', 'newsletter')
  @IsText()
  phone!: string;

  @IsText()
  message!: string;

  /** Delay before Z-API sends the message, in seconds, 1–15. */
  @Optional()
  @IsWholeNumber(FIXED_LIMITS.delay.min, FIXED_LIMITS.delay.max)
  delayMessage?: number;

  /** How long "typing…" is shown first, in seconds, 1–15. */
  @Optional()
  @IsWholeNumber(FIXED_LIMITS.delay.min, FIXED_LIMITS.delay.max)
  delayTyping?: number;

  /** The ID of the message to quote. */
  @Optional()
  @IsText()
  messageId?: string;

  /** Sends the reply to a group's message to its author only. @default false */
  @Optional()
  @IsBoolean()
  privateAnswer?: boolean;

  /** The ID of the sent message to edit: `message` becomes its text. WhatsApp allows edits for seven days. */
  @Optional()
  @IsText()
  editMessageId?: string;
}
