import { IsIn, IsObject, IsOptional, IsString } from 'class-validator';
import type { Message } from 'nestjs-button-messaging';

/** How to send a message. */
export class ComposeOptionsDto {
  /** @default the default account */
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

  /** The provider's ID of the message to quote. */
  @IsOptional()
  @IsString()
  inReplyTo?: string;
}

/** A message that is being written, and may be invalid. */
export class DraftDto extends ComposeOptionsDto {
  @IsObject()
  message!: Message;
}

/** A message to send. */
export class ComposeDto extends DraftDto {
  /** Whether to send it now or through the queue. */
  @IsIn(['send', 'queue'])
  by!: 'send' | 'queue';
}
