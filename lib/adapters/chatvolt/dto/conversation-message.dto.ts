import { IsPathSegment, IsText, Optional } from '../../../validation/index.js';

/** Anything that Chatvolt sends to a conversation. */
export abstract class ConversationContentDto {
  /** The agent that sends the message. @default The account's `agentId`. */
  @Optional()
  @IsPathSegment()
  @IsText()
  agentId?: string;

  /** The ID from a webhook, from `findConversation`, or from a message to a phone number. */
  @IsText()
  conversationId!: string;
}

/** A Chatvolt message to a conversation. */
export abstract class ConversationMessageDto extends ConversationContentDto {
  /** A line above the text, 1–60 characters. */
  @Optional()
  @IsText('header')
  header_text?: string;

  /** A line below the text, 1–60 characters. */
  @Optional()
  @IsText('footer')
  footer_text?: string;
}
