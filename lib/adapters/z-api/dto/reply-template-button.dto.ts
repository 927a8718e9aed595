import { IsText } from '../../../validation/index.js';
import { ZApiMessageDto } from './z-api-message.dto.js';

/**
 * `POST reply-template-button`: presses a `REPLY` button that the instance received.
 *
 * @see https://developer.z-api.io/en/message/reply-template-button
 *
 * @publicApi
 */
export class ReplyTemplateButtonDto extends ZApiMessageDto {
  /** The ID of the button, from the webhook of the message. 1–256 characters. */
  @IsText('buttonId')
  responseTemplateButtonId!: string;

  /** The ID of the message with the button. */
  @IsText()
  messageId!: string;
}
