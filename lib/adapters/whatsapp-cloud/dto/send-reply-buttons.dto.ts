import { IsIn } from 'class-validator';
import { IsText, IsTrimmed, MaxCharacters, MaxItems, Nested, NestedList, UniqueBy } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { FramedInteractiveDto } from './interactive.dto.js';

/** What a reply button says, and what comes back when it is pressed. */
export class ReplyDto {
  /** Comes back in the webhook of a press. 1–256 characters, no spaces at the ends. */
  @IsTrimmed()
  @MaxCharacters('buttonId')
  @IsText()
  id!: string;

  /** 1–20 characters. */
  @MaxCharacters('buttonTitle')
  @IsText()
  title!: string;
}

/** A reply button. */
export class CloudReplyButtonDto {
  @IsIn(['reply'])
  type!: 'reply';

  @Nested(() => ReplyDto)
  reply!: ReplyDto;
}

/** The buttons: three at most, ids and titles unique. */
export class ReplyButtonsActionDto {
  /** One to three, with different ids and titles. */
  @UniqueBy('reply', 'id')
  @UniqueBy('reply', 'title')
  @MaxItems('buttons')
  @NestedList(() => CloudReplyButtonDto)
  buttons!: CloudReplyButtonDto[];
}

export class ReplyButtonsInteractiveDto extends FramedInteractiveDto {
  @IsIn(['button'])
  type!: 'button';

  @Nested(() => ReplyButtonsActionDto)
  action!: ReplyButtonsActionDto;
}

/** An interactive message with one to three reply buttons. Source: WhatsApp Cloud API, interactive reply buttons. */
export class SendReplyButtonsDto extends CloudMessageDto {
  @Nested(() => ReplyButtonsInteractiveDto)
  interactive!: ReplyButtonsInteractiveDto;
}
