import { IsString } from 'class-validator';
import { IsText, IsWellFormed, Nested } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';

/** An emoji, and the message it belongs to. @publicApi */
export class CloudEmojiDto {
  /** The ID of a message of this conversation (`wamid.…`). */
  @IsText()
  message_id!: string;

  /** One emoji. An empty string removes the reaction. */
  @IsWellFormed()
  @IsString()
  emoji!: string;
}

/**
 * A reaction to a message.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/reaction-messages
 *
 * @publicApi
 */
export class CloudReactionDto extends CloudMessageDto {
  @Nested(() => CloudEmojiDto)
  reaction!: CloudEmojiDto;
}
