import { IsMedia, IsText, MaxItems, Nested, NestedList, Optional, UniqueBy } from '../../../validation/index.js';
import { createRuleDecorator } from '../../../validation/rule.js';
import { ZApiDelayedMessageDto } from './z-api-message.dto.js';

/** A reply button of `send-button-list`. @publicApi */
export class ListButtonDto {
  /** Returned in the webhook of a press. 1–256 characters. */
  @Optional()
  @IsText('buttonId')
  id?: string;

  /** The text of the button, 1–20 characters. */
  @IsText('buttonTitle')
  label!: string;
}

const EitherImageOrVideo = createRuleDecorator('eitherImageOrVideo', {
  validate: (value, { object }) => value === undefined || !('image' in object) || object.image === undefined,
  message: '$property cannot be combined with an image',
  schema: () => ({ object: { not: { required: ['image', 'video'] } } }),
});

/** The buttons of a button list, with an optional image or video. @publicApi */
export class ButtonListDto {
  /** A URL or data URI. Cannot be combined with `video`. */
  @Optional()
  @IsMedia('image')
  @IsText()
  image?: string;

  /** A URL or data URI. Cannot be combined with `image`. */
  @Optional()
  @EitherImageOrVideo()
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
  @IsText('body')
  message!: string;

  @Nested(() => ButtonListDto)
  buttonList!: ButtonListDto;
}
