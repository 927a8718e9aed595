import {
  ExactlyOneOf,
  IsEmailAddress,
  IsPathSegment,
  IsPossiblePhone,
  IsText,
  IsWellFormed,
  MayBeOmitted,
  NeededBy,
} from '../../../validation/index.js';

/**
 * `POST /conversation/message/{conversationId|phone|email}/{value}`: a text without buttons, addressed by exactly one
 * of conversation, telephone number and e-mail address.
 */
export class SendMessageDto {
  @ExactlyOneOf('conversationId', 'phone', 'email')
  @IsText()
  message!: string;

  @MayBeOmitted()
  @IsPathSegment()
  @IsText()
  conversationId?: string;

  @MayBeOmitted()
  @IsPossiblePhone()
  @IsText()
  phone?: string;

  @MayBeOmitted()
  @IsEmailAddress()
  @IsWellFormed()
  email?: string;

  /** The agent that speaks; the account's own where it is left out. Needed with `phone` and `email`. */
  @MayBeOmitted()
  @IsPathSegment()
  @IsText()
  agentId?: string;

  /** `whatsapp`, `zapi`, `zapper`, … Needed with `phone` and `email`. */
  @NeededBy('phone', 'email')
  @IsText()
  channel?: string;
}
