import { IsPathSegment, IsText } from '../../../validation/index.js';

/** Which agent is asked for. */
export class AgentQueryDto {
  @IsPathSegment()
  @IsText()
  agentId!: string;
}
