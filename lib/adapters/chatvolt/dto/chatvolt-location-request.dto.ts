import { IsText } from '../../../validation/index.js';
import { ConversationContentDto } from './conversation-message.dto.js';

/**
 * `POST /messages/interactive/location-request`: a text with a button that shares the person's location. Only for the
 * channel `whatsapp`.
 *
 * @see https://docs.chatvolt.ai/api-reference/endpoint/whatsapp/location-request
 *
 * @publicApi
 */
export class ChatvoltLocationRequestDto extends ConversationContentDto {
  /** Why you need the location. 1–1,024 characters. */
  @IsText('body')
  body_text!: string;
}
