import { IsBoolean } from 'class-validator';
import { IsPathSegment, IsText } from '../../../validation/index.js';

/**
 * `POST /conversations/{conversationId}/set-ai-enabled`: whether the agent's AI replies in a conversation.
 *
 * @see https://docs.chatvolt.ai/api-reference/endpoint/conversation/set-ai-enabled
 *
 * @publicApi
 */
export class SetAiEnabledDto {
  @IsPathSegment()
  @IsText()
  conversationId!: string;

  @IsBoolean()
  enabled!: boolean;
}
