import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsRecipient, IsText, Nested, Optional } from '../../../validation/index.js';

/** The message to quote. @publicApi */
export class MessageContextDto {
  @IsText()
  message_id!: string;
}

/** A Cloud API message. The service adds `messaging_product`, `recipient_type` and `type`. @publicApi */
export abstract class CloudMessageDto {
  /** A phone number with country code, or a business-scoped user ID, which is sent as `recipient`. */
  @IsRecipient('phone', 'userId')
  @IsText()
  to!: string;

  @Optional()
  @Nested(() => MessageContextDto)
  context?: MessageContextDto;

  /** Returned in the status webhooks of this message, at most 512 characters. It does not deduplicate. */
  @Optional()
  @IsText(FIXED_LIMITS.callbackData)
  biz_opaque_callback_data?: string;
}
