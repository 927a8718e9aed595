import { IsBoolean } from 'class-validator';
import { IsRecipient, IsText, Optional } from '../../../validation/index.js';

/**
 * `DELETE messages`: deletes a message for everyone in the chat.
 *
 * @see https://developer.z-api.io/en/message/delete-message
 *
 * @publicApi
 */
export class DeleteMessageDto {
  /** The chat: a phone number with country code, a group, a lid, a broadcast list or a newsletter. */
  @IsRecipient('phone', 'group', 'lid', 'broadcast', 'newsletter')
  @IsText()
  phone!: string;

  /** The provider's ID of the message. */
  @IsText()
  messageId!: string;

  /** Whether the instance sent the message. @default true */
  @Optional()
  @IsBoolean()
  owner?: boolean;
}
