import { IsMedia, IsText, MaxCharacters, MaxItems, NestedList, Optional, UniqueBy } from '../../../validation/index.js';
import { ButtonActionDto, UniqueReplyLabels } from './send-button-actions.dto.js';
import { ZApiDelayedMessageDto } from './z-api-message.dto.js';

/** One card of a carousel. */
export class CarouselCardDto {
  /** 1–1,024 characters. */
  @MaxCharacters('body')
  @IsText()
  text!: string;

  /** An http(s) link or a data URI. */
  @IsMedia('image')
  @IsText()
  image!: string;

  /** One to three; on a card `URL` and `REPLY` may stand together. */
  @Optional()
  @UniqueBy('id')
  @UniqueReplyLabels()
  @MaxItems('buttons')
  @NestedList(() => ButtonActionDto)
  buttons?: ButtonActionDto[];
}

/** `POST send-carousel`: a text and cards to swipe through. */
export class SendCarouselDto extends ZApiDelayedMessageDto {
  /** 1–1,024 characters. */
  @MaxCharacters('body')
  @IsText()
  message!: string;

  @NestedList(() => CarouselCardDto)
  carousel!: CarouselCardDto[];
}
