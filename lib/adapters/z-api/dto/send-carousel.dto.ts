import { IsMedia, IsText, MaxItems, NestedList, Optional, UniqueBy } from '../../../validation/index.js';
import { ButtonActionDto, UniqueReplyLabels } from './send-button-actions.dto.js';
import { ZApiDelayedMessageDto } from './z-api-message.dto.js';

/** A card of a carousel. @publicApi */
export class CarouselCardDto {
  /** 1–1,024 characters. */
  @IsText('body')
  text!: string;

  /** A URL or data URI. */
  @IsMedia('image')
  @IsText()
  image!: string;

  /** One to three buttons. A card can combine `CALL`, `URL` and `REPLY`. Only the labels of
   * `REPLY` buttons must differ. */
  @Optional()
  @UniqueBy('id')
  @UniqueReplyLabels()
  @MaxItems('buttons')
  @NestedList(() => ButtonActionDto)
  buttons?: ButtonActionDto[];
}

/**
 * `POST send-carousel`: a text with cards.
 *
 * @see https://developer.z-api.io/en/message/send-carousel
 *
 * @publicApi
 */
export class SendCarouselDto extends ZApiDelayedMessageDto {
  /** 1–1,024 characters. */
  @IsText('body')
  message!: string;

  @NestedList(() => CarouselCardDto)
  carousel!: CarouselCardDto[];
}
