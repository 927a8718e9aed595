import { IsText, OpenFields, Optional } from '../../../validation/index.js';
import { ConversationContentDto } from './conversation-message.dto.js';

/** The beginnings of the fields that Chatvolt's format numbers or names freely. */
const OPEN = ['phone_', 'email_', 'url_', 'org_', 'address_'];

/**
 * `POST /messages/interactive/send-contact`: a contact card, in Chatvolt's flat format: `phone_1_phone`, `phone_1_type`,
 * `email_1_email`, `url_1_url`, `org_company`, … Z-API and Zapper require a phone number.
 *
 * Nest's `ValidationPipe` with `whitelist` removes these fields. Use `ButtonMessagingValidationPipe` for such a body.
 *
 * @see https://docs.chatvolt.ai/api-reference/endpoint/whatsapp/send-contact
 *
 * @publicApi
 */
export class ChatvoltContactDto extends ConversationContentDto {
  /** Any further field of the card. */
  [field: `${'phone' | 'email' | 'url' | 'org' | 'address'}_${string}`]: string | undefined;

  /** The name as WhatsApp shows it. */
  @OpenFields(...OPEN)
  @IsText()
  name_formatted_name!: string;

  @Optional()
  @IsText()
  name_first_name?: string;

  @Optional()
  @IsText()
  name_middle_name?: string;

  @Optional()
  @IsText()
  name_last_name?: string;
}
