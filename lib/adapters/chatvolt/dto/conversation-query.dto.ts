import { IsPathSegment, IsPossiblePhone, IsText, Optional } from '../../../validation/index.js';

/** The person whose conversation to find. @publicApi */
export class ConversationQueryDto {
  /** A phone number with country code. */
  @IsPossiblePhone()
  @IsText()
  phone!: string;

  /** `whatsapp`, `zapi`, `zapper`, … @default The account's channel, or all WhatsApp channels. */
  @Optional()
  @IsText()
  channel?: string;

  /** The agent of the conversation. @default The account's `agentId`. */
  @Optional()
  @IsPathSegment()
  @IsText()
  agentId?: string;
}
