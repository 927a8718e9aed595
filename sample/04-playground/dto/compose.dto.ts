import { IsIn, IsObject, IsOptional, IsString } from 'class-validator';
import type { ButtonMessage } from 'nestjs-button-messaging';

/** How a message is to go. */
export class ComposeOptionsDto {
  /** The account; without it, the default account. */
  @IsOptional()
  @IsString()
  account?: string;

  @IsOptional()
  @IsIn(['reject', 'split'])
  mixed?: 'reject' | 'split';

  @IsOptional()
  @IsIn(['none', 'text'])
  fallback?: 'none' | 'text';

  @IsOptional()
  @IsIn(['none', 'text'])
  lateFallback?: 'none' | 'text';
}

/** A message as it is being written: it may have faults. */
export class DraftDto extends ComposeOptionsDto {
  @IsObject()
  message!: ButtonMessage;
}

/** A message to send. */
export class ComposeDto extends DraftDto {
  /** At once, or by the queue. */
  @IsIn(['send', 'queue'])
  by!: 'send' | 'queue';
}
