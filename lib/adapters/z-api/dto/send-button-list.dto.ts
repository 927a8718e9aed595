import { ValidatorConstraint } from 'class-validator';
import {
  IsMedia,
  IsText,
  MaxCharacters,
  MaxItems,
  Nested,
  NestedList,
  Optional,
  type RuleSchema,
  UniqueBy,
} from '../../../validation/index.js';
import { applyRule, type RuleArguments, type RuleWithSchema } from '../../../validation/rule.js';
import { ZApiDelayedMessageDto } from './z-api-message.dto.js';

/** A reply button of `send-button-list`. @publicApi */
export class ListButtonDto {
  /** Returned in the webhook of a press. 1–256 characters. */
  @Optional()
  @MaxCharacters('buttonId')
  @IsText()
  id?: string;

  /** The text of the button, 1–20 characters. */
  @MaxCharacters('buttonTitle')
  @IsText()
  label!: string;
}

/** @internal */
@ValidatorConstraint({ name: 'eitherImageOrVideo' })
export class EitherImageOrVideoRule implements RuleWithSchema {
  validate(value: unknown, args: RuleArguments): boolean {
    return value === undefined || !('image' in args.object) || args.object.image === undefined;
  }

  defaultMessage(): string {
    return '$property cannot be combined with an image';
  }

  schema(): RuleSchema {
    return { object: { not: { required: ['image', 'video'] } } };
  }
}

/** The buttons of a button list, with an optional image or video. @publicApi */
export class ButtonListDto {
  /** A URL or data URI. Cannot be combined with `video`. */
  @Optional()
  @IsMedia('image')
  @IsText()
  image?: string;

  /** A URL or data URI. Cannot be combined with `image`. */
  @Optional()
  @applyRule(EitherImageOrVideoRule)
  @IsMedia('video')
  @IsText()
  video?: string;

  /** One to three buttons. */
  @UniqueBy('id')
  @UniqueBy('label')
  @MaxItems('buttons')
  @NestedList(() => ListButtonDto)
  buttons!: ListButtonDto[];
}

/**
 * `POST send-button-list`: a text with reply buttons, and an optional image or video.
 *
 * @see https://developer.z-api.io/en/message/send-button-list
 *
 * @publicApi
 */
export class SendButtonListDto extends ZApiDelayedMessageDto {
  /** 1–1,024 characters. */
  @MaxCharacters('body')
  @IsText()
  message!: string;

  @Nested(() => ButtonListDto)
  buttonList!: ButtonListDto;
}
