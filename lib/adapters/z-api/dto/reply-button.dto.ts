import { IsText } from '../../../validation/index.js';
import { ZApiMessageDto } from './z-api-message.dto.js';

/**
 * `POST reply-button`: presses a button of a button list that the instance received.
 *
 * @see https://developer.z-api.io/en/message/reply-button
 *
 * @publicApi
 */
export class ReplyButtonDto extends ZApiMessageDto {
  /** The ID of the button, from the webhook of the message. 1–256 characters. */
  @IsText('buttonId')
  responseButtonId!: string;

  /** The ID of the message with the button. */
  @IsText()
  messageId!: string;
}
