import { IsInt, Max, Min } from 'class-validator';
import { DraftDto } from './compose.dto.js';

/** A message to enqueue for many people at once, in place of its own recipient. */
export class EnqueueManyDto extends DraftDto {
  @IsInt()
  @Min(1)
  @Max(500)
  count!: number;
}
