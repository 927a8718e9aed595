import {
  ExactlyOneOf,
  IsEmailAddress,
  IsPathSegment,
  IsPossiblePhone,
  IsText,
  IsWellFormed,
  Optional,
  RequiredWith,
} from '../../../validation/index.js';

/**
 * `POST /conversation/message/{conversationId|phone|email}/{value}`: a text without buttons, addressed by exactly one
 * of conversation, telephone number and e-mail address.
 */
export class SendMessageDto {
  @ExactlyOneOf('conversationId', 'phone', 'email')
  @IsText()
  message!: string;

  @Optional()
  @IsPathSegment()
  @IsText()
  conversationId?: string;

  @Optional()
  @IsPossiblePhone()
  @IsText()
  phone?: string;

  @Optional()
  @IsEmailAddress()
  @IsWellFormed()
  email?: string;

  /** The agent that speaks; the account's own where it is left out. Needed with `phone` and `email`. */
  @Optional()
  @IsPathSegment()
  @IsText()
  agentId?: string;

  /** `whatsapp`, `zapi`, `zapper`, … Needed with `phone` and `email`. */
  @RequiredWith('phone', 'email')
  @IsText()
  channel?: string;
}
