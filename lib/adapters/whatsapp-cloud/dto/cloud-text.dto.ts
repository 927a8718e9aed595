import { IsBoolean } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsText, Nested, Optional } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';

/** The text of a plain message. @publicApi */
export class TextDto {
  /** 1–4,096 characters. */
  @IsText(FIXED_LIMITS.text)
  body!: string;

  /** Whether WhatsApp shows a preview of the first link. */
  @Optional()
  @IsBoolean()
  preview_url?: boolean;
}

/**
 * A text without buttons.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages
 *
 * @publicApi
 */
export class CloudTextDto extends CloudMessageDto {
  @Nested(() => TextDto)
  text!: TextDto;
}
