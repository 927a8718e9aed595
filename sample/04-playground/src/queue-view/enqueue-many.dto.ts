import { IsInt, Max, Min } from 'class-validator';
import { DraftDto } from '../playground/compose.dto.js';

/** A message to enqueue for `count` recipients instead of its own. */
export class EnqueueManyDto extends DraftDto {
  @IsInt()
  @Min(1)
  @Max(500)
  count!: number;
}
