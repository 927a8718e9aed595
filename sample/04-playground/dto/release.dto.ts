import { IsIn } from 'class-validator';

/** What is to become of a held message. */
export class ReleaseDto {
  @IsIn(['resend', 'discard'])
  how!: 'resend' | 'discard';
}
