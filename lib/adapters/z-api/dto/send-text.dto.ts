import { IsBoolean } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsRecipient, IsText, IsWholeNumber, Optional } from '../../../validation/index.js';

/** `POST send-text`: a text without buttons. */
export class SendTextDto {
  /** A telephone number with country code, a group, a lid, a broadcast list or a newsletter. */
  @IsRecipient('phone', 'group', 'lid', 'broadcast', 'newsletter')
  @IsText()
  phone!: string;

  @IsText()
  message!: string;

  /** Seconds that Z-API waits before it sends, 1–15. */
  @Optional()
  @IsWholeNumber(FIXED_LIMITS.delay.min, FIXED_LIMITS.delay.max)
  delayMessage?: number;

  /** Seconds for which "typing…" is shown first, 1–15. */
  @Optional()
  @IsWholeNumber(FIXED_LIMITS.delay.min, FIXED_LIMITS.delay.max)
  delayTyping?: number;

  /** The message to quote. */
  @Optional()
  @IsText()
  messageId?: string;

  /** Of an answer to a group's message: whether it goes to its writer alone. Z-API's default: false. */
  @Optional()
  @IsBoolean()
  privateAnswer?: boolean;

  /** The message of ours that this text takes the place of. WhatsApp lets it be changed for seven days. */
  @Optional()
  @IsText()
  editMessageId?: string;
}
