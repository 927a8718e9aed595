import { IsIn } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import {
  HasOneOf,
  IsText,
  IsTrimmed,
  IsWholeNumber,
  MaxItems,
  MinItems,
  Nested,
  NestedList,
  OnlyForType,
  Optional,
  RequiredWith,
  UniqueBy,
} from '../../../validation/index.js';
import { isRecord } from '../../../validation/is-record.js';
import { createRuleDecorator } from '../../../validation/rule.js';
import { isShortList } from '../../../validation/rules/list.rules.js';
import { CloudFileDto } from './cloud-media.dto.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { BodyDto } from './interactive.dto.js';
import { NestedFile } from './nested-file.decorator.js';
import { CtaUrlParametersDto } from './send-cta-url.dto.js';

/** Cards with the same kind and number of buttons. The first other card is reported. */
const HasEqualCards = createRuleDecorator('hasEqualCards', {
  issues(value, { property }) {
    if (!isShortList(value)) return [];
    const kinds = value.map(buttonsOf);
    const index = kinds.findIndex((kind) => kind !== kinds[0]);
    const message = '$property must have the same kind and number of buttons as the first card';
    return index < 0 ? [] : [{ path: `${property}[${index}].action`, message }];
  },
  message: '$property must have cards with the same kind and number of buttons',
  schema: () => ({ inWords: true }),
});

function buttonsOf(card: unknown): string {
  const action = isRecord(card) && isRecord(card.action) ? card.action : {};
  if (isShortList(action.buttons)) return `${action.buttons.length} replies`;
  return action.parameters === undefined ? 'product' : 'link';
}

/** The ID and title of a reply button on a card. @publicApi */
export class CloudQuickReplyDto {
  /** Returned in the webhook of a press. 1–256 characters, without spaces at the ends. */
  @IsTrimmed()
  @IsText('buttonId')
  id!: string;

  /** 1–20 characters. */
  @IsText('buttonTitle')
  title!: string;
}

/** A reply button on a card. @publicApi */
export class CloudQuickReplyButtonDto {
  @IsIn(['quick_reply'])
  type!: 'quick_reply';

  @Nested(() => CloudQuickReplyDto)
  quick_reply!: CloudQuickReplyDto;
}

/** What a card offers: one link button (`parameters`), reply buttons, or a product of a catalog. @publicApi */
export class CloudCardActionDto {
  /** Required with `parameters`. */
  @RequiredWith('parameters')
  @IsIn(['cta_url'])
  name?: 'cta_url';

  /** A link button. */
  @Optional()
  @Nested(() => CtaUrlParametersDto)
  parameters?: CtaUrlParametersDto;

  /** Reply buttons. */
  @Optional()
  @NestedList(() => CloudQuickReplyButtonDto)
  buttons?: CloudQuickReplyButtonDto[];

  /** A product. */
  @Optional()
  @IsText()
  product_retailer_id?: string;

  /** The catalog of the product. */
  @RequiredWith('product_retailer_id')
  @IsText()
  catalog_id?: string;
}

/** The image or video of a card. @publicApi */
export class CloudCardHeaderDto {
  @IsIn(['image', 'video'])
  type!: 'image' | 'video';

  @OnlyForType('image')
  @NestedFile(() => CloudFileDto)
  image?: CloudFileDto;

  @OnlyForType('video')
  @NestedFile(() => CloudFileDto)
  video?: CloudFileDto;
}

/** The text of a card. @publicApi */
export class CloudCardBodyDto {
  /** 1–160 characters. */
  @IsText(FIXED_LIMITS.carousel.body)
  text!: string;
}

/** A card. @publicApi */
export class CloudCarouselCardDto {
  /** The position of the card, from 0. */
  @IsWholeNumber(0, FIXED_LIMITS.carousel.maxCards - 1)
  card_index!: number;

  /** The kind of the card. */
  @Optional()
  @IsIn(['cta_url', 'product'])
  type?: 'cta_url' | 'product';

  /** Required, unless the card shows a product. */
  @Optional()
  @Nested(() => CloudCardHeaderDto)
  header?: CloudCardHeaderDto;

  @Optional()
  @Nested(() => CloudCardBodyDto)
  body?: CloudCardBodyDto;

  /** Exactly one of `parameters`, `buttons` and `product_retailer_id`. */
  @HasOneOf('parameters', 'buttons', 'product_retailer_id')
  @Nested(() => CloudCardActionDto)
  action!: CloudCardActionDto;
}

/** The cards of a carousel. @publicApi */
export class CloudCarouselActionDto {
  /** 2–10 cards with unique indexes, and with the same kind and number of buttons. */
  @HasEqualCards()
  @UniqueBy('card_index')
  @MaxItems(FIXED_LIMITS.carousel.maxCards)
  @MinItems(FIXED_LIMITS.carousel.minCards)
  @NestedList(() => CloudCarouselCardDto)
  cards!: CloudCarouselCardDto[];
}

/** The content of a message with cards. @publicApi */
export class CloudCarouselInteractiveDto {
  @IsIn(['carousel'])
  type!: 'carousel';

  @Nested(() => BodyDto)
  body!: BodyDto;

  @Nested(() => CloudCarouselActionDto)
  action!: CloudCarouselActionDto;
}

/**
 * An interactive message with cards, which people scroll sideways.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-media-carousel-messages
 *
 * @publicApi
 */
export class CloudCarouselDto extends CloudMessageDto {
  @Nested(() => CloudCarouselInteractiveDto)
  interactive!: CloudCarouselInteractiveDto;
}
