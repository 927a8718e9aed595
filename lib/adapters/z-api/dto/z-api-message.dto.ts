import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsRecipient, IsText, IsWholeNumber, Optional } from '../../../validation/index.js';

/** What every Z-API message with buttons has: its recipient. */
export abstract class ZApiMessageDto {
  /** A telephone number with country code, a group, a lid or a broadcast list. Newsletters show no buttons. */
  @IsRecipient('phone', 'group', 'lid', 'broadcast')
  @IsText()
  phone!: string;
}

/** A Z-API message that can be held back. */
export abstract class ZApiDelayedMessageDto extends ZApiMessageDto {
  /** Seconds that Z-API waits before it sends, 1–15. */
  @Optional()
  @IsWholeNumber(FIXED_LIMITS.delay.min, FIXED_LIMITS.delay.max)
  delayMessage?: number;
}
