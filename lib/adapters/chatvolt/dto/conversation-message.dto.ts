import { IsPathSegment, IsText, MaxCharacters, Optional } from '../../../validation/index.js';

/** What every Chatvolt message into a conversation has. */
export abstract class ConversationMessageDto {
  /** The agent that speaks; the account's own where it is left out. */
  @Optional()
  @IsPathSegment()
  @IsText()
  agentId?: string;

  /** From a webhook, from `findConversation`, or from a message sent by telephone number. */
  @IsText()
  conversationId!: string;

  /** A line above the text, 1–60 characters. */
  @Optional()
  @MaxCharacters('header')
  @IsText()
  header_text?: string;

  /** A line below the text, 1–60 characters. */
  @Optional()
  @MaxCharacters('footer')
  @IsText()
  footer_text?: string;
}
