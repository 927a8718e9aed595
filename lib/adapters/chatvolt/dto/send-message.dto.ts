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
 * `POST /conversation/message/{conversationId
 * phone
 * email}/{value}`: a text without buttons. Set exactly one of conversation, phone number and email address.
 *
 * @see https://docs.chatvolt.ai
 *
 * @publicApi
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

  /** The agent that sends the message. Required with `phone` and `email`. @default The account's `agentId`. */
  @Optional()
  @IsPathSegment()
  @IsText()
  agentId?: string;

  /** `whatsapp`, `zapi`, `zapper`, … Required with `phone` and `email`. */
  @RequiredWith('phone', 'email')
  @IsText()
  channel?: string;
}
