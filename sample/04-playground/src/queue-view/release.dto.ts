import { IsIn } from 'class-validator';

/** What to do with a held message. */
export class ReleaseDto {
  @IsIn(['resend', 'discard'])
  how!: 'resend' | 'discard';
}
