import { FIXED_LIMITS } from '../../../message/limits.js';
import {
  IsRecipient,
  IsText,
  IsWholeNumber,
  MaxCharacters,
  Nested,
  NestedList,
  Optional,
  UniqueBy,
} from '../../../validation/index.js';

/** One row of an option list. */
export class OptionDto {
  /** Comes back in the webhook of a choice. */
  @Optional()
  @MaxCharacters('buttonId')
  @IsText()
  id?: string;

  @IsText()
  title!: string;

  @Optional()
  @IsText()
  description?: string;
}

/** The list that opens. */
export class OptionListDto {
  @IsText()
  title!: string;

  /** The words on the button that opens the list, 1–20 characters. */
  @MaxCharacters('buttonTitle')
  @IsText()
  buttonLabel!: string;

  @UniqueBy('id')
  @UniqueBy('title')
  @NestedList(() => OptionDto)
  options!: OptionDto[];
}

/** `POST send-option-list`: a text with a list to choose from. Z-API no longer shows it in groups. */
export class SendOptionListDto {
  /** A telephone number with country code, or a lid. */
  @IsRecipient('phone', 'lid')
  @IsText()
  phone!: string;

  /** 1–1,024 characters. */
  @MaxCharacters('body')
  @IsText()
  message!: string;

  @Nested(() => OptionListDto)
  optionList!: OptionListDto;

  /** Seconds that Z-API waits before it sends, 1–15. */
  @Optional()
  @IsWholeNumber(FIXED_LIMITS.delay.min, FIXED_LIMITS.delay.max)
  delayMessage?: number;
}
