import { IsPathSegment, IsText } from '../../../validation/index.js';

/** The agent to read. */
export class AgentQueryDto {
  @IsPathSegment()
  @IsText()
  agentId!: string;
}
