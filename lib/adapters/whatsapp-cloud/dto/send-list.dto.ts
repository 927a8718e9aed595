import { IsIn } from 'class-validator';
import { HasSectionRows, ListSectionDto } from '../../../message/dto/list-section.dto.js';
import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsText, MaxItems, Nested, NestedList, Optional } from '../../../validation/index.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { FooterDto, TextHeaderDto } from './interactive.dto.js';

/** The button that opens the list, and its sections. @publicApi */
export class ListActionDto {
  /** The text of the button that opens the list, 1–20 characters. */
  @IsText(FIXED_LIMITS.list.button)
  button!: string;

  /** At most ten sections, and ten rows in total. */
  @HasSectionRows()
  @MaxItems(FIXED_LIMITS.list.sections)
  @NestedList(() => ListSectionDto)
  sections!: ListSectionDto[];
}

/** The text above the list. It may be longer than above buttons. @publicApi */
export class ListBodyDto {
  /** 1–4,096 characters. */
  @IsText(FIXED_LIMITS.list.body)
  text!: string;
}

/** The header, text, footer and rows of a list message. @publicApi */
export class ListInteractiveDto {
  @IsIn(['list'])
  type!: 'list';

  @Optional()
  @Nested(() => TextHeaderDto)
  header?: TextHeaderDto;

  @Nested(() => ListBodyDto)
  body!: ListBodyDto;

  @Optional()
  @Nested(() => FooterDto)
  footer?: FooterDto;

  @Nested(() => ListActionDto)
  action!: ListActionDto;
}

/**
 * An interactive message with a list.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages
 *
 * @publicApi
 */
export class SendListDto extends CloudMessageDto {
  @Nested(() => ListInteractiveDto)
  interactive!: ListInteractiveDto;
}
