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

/** One reply button of `send-button-list`. */
export class ListButtonDto {
  /** Comes back in the webhook of a press. 1–256 characters. */
  @Optional()
  @MaxCharacters('buttonId')
  @IsText()
  id?: string;

  /** The words on the button, 1–20 characters. */
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
    return '$property must not stand beside an image';
  }

  schema(): RuleSchema {
    return { object: { not: { required: ['image', 'video'] } } };
  }
}

/** The buttons of a button list, with an image or a video above them. */
export class ButtonListDto {
  /** An http(s) link or a data URI. Never beside `video`. */
  @Optional()
  @IsMedia('image')
  @IsText()
  image?: string;

  /** An http(s) link or a data URI. Never beside `image`. */
  @Optional()
  @applyRule(EitherImageOrVideoRule)
  @IsMedia('video')
  @IsText()
  video?: string;

  /** One to three. */
  @UniqueBy('id')
  @UniqueBy('label')
  @MaxItems('buttons')
  @NestedList(() => ListButtonDto)
  buttons!: ListButtonDto[];
}

/** `POST send-button-list`: a text, with an image or a video if wanted, and reply buttons. */
export class SendButtonListDto extends ZApiDelayedMessageDto {
  /** 1–1,024 characters. */
  @MaxCharacters('body')
  @IsText()
  message!: string;

  @Nested(() => ButtonListDto)
  buttonList!: ButtonListDto;
}
