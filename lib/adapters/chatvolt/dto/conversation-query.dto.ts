import { IsPathSegment, IsPossiblePhone, IsText, Optional } from '../../../validation/index.js';

/** Whose conversation is looked for. */
export class ConversationQueryDto {
  /** With country code. */
  @IsPossiblePhone()
  @IsText()
  phone!: string;

  /** `whatsapp`, `zapi`, `zapper`, …; the account's own, or all of WhatsApp's, where it is left out. */
  @Optional()
  @IsText()
  channel?: string;

  /** The agent whose conversations are looked through; the account's own where it is left out. */
  @Optional()
  @IsPathSegment()
  @IsText()
  agentId?: string;
}
