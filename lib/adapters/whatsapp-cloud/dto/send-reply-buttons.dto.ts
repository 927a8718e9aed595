import { IsIn } from 'class-validator';
import { IsText, IsTrimmed, MaxItems, Nested, NestedList, UniqueBy } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { FramedInteractiveDto } from './interactive.dto.js';

/** The title and ID of a reply button. @publicApi */
export class ReplyDto {
  /** Returned in the webhook of a press. 1–256 characters, without spaces at the ends. */
  @IsTrimmed()
  @IsText('buttonId')
  id!: string;

  /** 1–20 characters. */
  @IsText('buttonTitle')
  title!: string;
}

/** A reply button. @publicApi */
export class CloudReplyButtonDto {
  @IsIn(['reply'])
  type!: 'reply';

  @Nested(() => ReplyDto)
  reply!: ReplyDto;
}

/** The buttons of a message. @publicApi */
export class ReplyButtonsActionDto {
  /** One to three buttons with different IDs and titles. */
  @UniqueBy('reply', 'id')
  @UniqueBy('reply', 'title')
  @MaxItems('buttons')
  @NestedList(() => CloudReplyButtonDto)
  buttons!: CloudReplyButtonDto[];
}

/** The content of a message with reply buttons. @publicApi */
export class ReplyButtonsInteractiveDto extends FramedInteractiveDto {
  @IsIn(['button'])
  type!: 'button';

  @Nested(() => ReplyButtonsActionDto)
  action!: ReplyButtonsActionDto;
}

/**
 * An interactive message with one to three reply buttons.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages
 *
 * @publicApi
 */
export class SendReplyButtonsDto extends CloudMessageDto {
  @Nested(() => ReplyButtonsInteractiveDto)
  interactive!: ReplyButtonsInteractiveDto;
}
