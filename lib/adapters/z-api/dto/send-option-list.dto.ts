import { FIXED_LIMITS } from '../../../message/limits.js';
import {
  IsRecipient,
  IsText,
  IsWholeNumber,
  Nested,
  NestedList,
  Optional,
  UniqueBy,
} from '../../../validation/index.js';

/** A row of an option list. @publicApi */
export class OptionDto {
  /** Returned in the webhook of a choice. */
  @Optional()
  @IsText('buttonId')
  id?: string;

  @IsText()
  title!: string;

  @Optional()
  @IsText()
  description?: string;
}

/** The rows of an option list. @publicApi */
export class OptionListDto {
  @IsText()
  title!: string;

  /** The text of the button that opens the list, 1–20 characters. */
  @IsText('buttonTitle')
  buttonLabel!: string;

  @UniqueBy('id')
  @UniqueBy('title')
  @NestedList(() => OptionDto)
  options!: OptionDto[];
}

/**
 * `POST send-option-list`: a text with a list. Groups no longer show it.
 *
 * @see https://developer.z-api.io/en/message/send-option-list
 *
 * @publicApi
 */
export class SendOptionListDto {
  /** A phone number with country code, or a lid. */
  @IsRecipient('phone', 'lid')
  @IsText()
  phone!: string;

  /** 1–1,024 characters. */
  @IsText('body')
  message!: string;

  @Nested(() => OptionListDto)
  optionList!: OptionListDto;

  /** Delay before Z-API sends the message, in seconds, 1–15. */
  @Optional()
  @IsWholeNumber(FIXED_LIMITS.delay.min, FIXED_LIMITS.delay.max)
  delayMessage?: number;
}
