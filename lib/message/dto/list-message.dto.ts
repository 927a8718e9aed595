import { IsMessageRecipient, IsText, MaxItems, Nested, NestedList, Optional } from '../../validation/index.js';
import type { MessageRecipient } from '../button-message.interface.js';
import { FIXED_LIMITS } from '../limits.js';
import { HasSectionRows, ListSectionDto } from './list-section.dto.js';

/** The class form of the `list` of a `ListMessage`. @publicApi */
export class ListDto {
  /** The text of the button that opens the list, 1–20 characters. */
  @IsText(FIXED_LIMITS.list.button)
  button!: string;

  /** At most ten sections, and ten rows in total. */
  @HasSectionRows()
  @MaxItems(FIXED_LIMITS.list.sections)
  @NestedList(() => ListSectionDto)
  sections!: ListSectionDto[];
}

/** The class form of the header of a `ListMessage`. @publicApi */
export class ListHeaderDto {
  /** 1–60 characters. */
  @IsText('header')
  text!: string;
}

/** The class form of `ListMessage`, for `@Body()` in controllers. @publicApi */
export class ListMessageDto {
  /** A phone number, or an object with exactly one of `phone`, `lid`, `userId`, `group` and `conversation`. */
  @IsMessageRecipient()
  to!: MessageRecipient;

  /** 1–4,096 characters. */
  @IsText(FIXED_LIMITS.list.body)
  text!: string;

  @Optional()
  @Nested(() => ListHeaderDto)
  header?: ListHeaderDto;

  /** 1–60 characters. */
  @Optional()
  @IsText('footer')
  footer?: string;

  @Nested(() => ListDto)
  list!: ListDto;
}
