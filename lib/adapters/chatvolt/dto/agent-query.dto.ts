import { IsPathSegment, IsText } from '../../../validation/index.js';

/** The agent to read. @publicApi */
export class AgentQueryDto {
  @IsPathSegment()
  @IsText()
  agentId!: string;
}
