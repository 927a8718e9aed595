import { IsHttpUrl, IsText } from '../../../validation/index.js';
import { ConversationMessageDto } from './conversation-message.dto.js';

/**
 * `POST /messages/interactive/send-cta`: a text with one link button.
 *
 * @see https://docs.chatvolt.ai
 *
 * @publicApi
 */
export class SendCtaDto extends ConversationMessageDto {
  /** 1–1,024 characters. */
  @IsText('body')
  body_text!: string;

  /** The text of the button, 1–20 characters. */
  @IsText('buttonTitle')
  button_display_text!: string;

  /** An `https://` URL. */
  @IsHttpUrl('https')
  @IsText()
  button_url!: string;
}
