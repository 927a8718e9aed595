import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsRecipient, IsText, IsWholeNumber, Optional } from '../../../validation/index.js';

/** A Z-API message with buttons. */
export abstract class ZApiMessageDto {
  /** A phone number with country code, a group, a lid or a broadcast list. Newsletters do not show buttons. */
  @IsRecipient('phone', 'group', 'lid', 'broadcast')
  @IsText()
  phone!: string;
}

/** A Z-API message with an optional delay. */
export abstract class ZApiDelayedMessageDto extends ZApiMessageDto {
  /** Delay before Z-API sends the message, in seconds, 1–15. */
  @Optional()
  @IsWholeNumber(FIXED_LIMITS.delay.min, FIXED_LIMITS.delay.max)
  delayMessage?: number;
}
