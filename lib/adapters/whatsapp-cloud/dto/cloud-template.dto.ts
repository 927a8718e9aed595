import { IsIn } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import {
  IsLiteral,
  IsText,
  IsWholeNumber,
  MaxItems,
  Nested,
  NestedList,
  OnlyForType,
  Optional,
  UniqueBy,
} from '../../../validation/index.js';
import { createRuleDecorator } from '../../../validation/rule.js';
import { CloudMessageDto } from './cloud-message.dto.js';
import { CloudTemplateParameterDto } from './cloud-template-parameter.dto.js';

/** The types of the components of a card. @publicApi */
export const CLOUD_TEMPLATE_CARD_COMPONENT_TYPES = ['header', 'body', 'button'] as const;

/** The types of the components of a template. @publicApi */
export const CLOUD_TEMPLATE_COMPONENT_TYPES = [
  ...CLOUD_TEMPLATE_CARD_COMPONENT_TYPES,
  'limited_time_offer',
  'order_status',
  'carousel',
] as const;

/** The type of a component of a card. @publicApi */
export type CloudTemplateCardComponentType = (typeof CLOUD_TEMPLATE_CARD_COMPONENT_TYPES)[number];

/** The type of a component of a template. @publicApi */
export type CloudTemplateComponentType = (typeof CLOUD_TEMPLATE_COMPONENT_TYPES)[number];

/** The position of a button: a digit, or its text, as Meta documents both. */
const IsButtonIndex = createRuleDecorator('isButtonIndex', {
  validate: (value) => (typeof value === 'number' || typeof value === 'string') && /^\d$/.test(String(value)),
  message: '$property must be a whole number from 0 to 9, or its text',
  schema: () => ({
    value: {
      oneOf: [
        { type: 'integer', minimum: 0, maximum: 9 },
        { type: 'string', pattern: '^\\d$' },
      ],
    },
  }),
});

/** The values of one part of a template, or of one of its buttons. @publicApi */
export abstract class CloudTemplatePartDto {
  /** The type of a button: `quick_reply`, `url`, `copy_code`, `flow`, `catalog`, `mpm`, `order_details`, `voice_call`. */
  @OnlyForType('button')
  @IsText()
  sub_type?: string;

  /** The position of a button in the template, `0`–`9`. */
  @OnlyForType('button')
  @IsButtonIndex()
  index?: number | string;

  /** The values, in the order of the template's variables. */
  @Optional()
  @NestedList(() => CloudTemplateParameterDto)
  parameters?: CloudTemplateParameterDto[];
}

/** The values of one part of a card, or of one of its buttons. @publicApi */
export class CloudTemplateCardComponentDto extends CloudTemplatePartDto {
  @IsLiteral(...CLOUD_TEMPLATE_CARD_COMPONENT_TYPES)
  type!: CloudTemplateCardComponentType;
}

/** The values of a card. @publicApi */
export class CloudTemplateCardDto {
  /** The position of the card in the template, from 0. */
  @IsWholeNumber(0, FIXED_LIMITS.carousel.maxCards - 1)
  card_index!: number;

  @NestedList(() => CloudTemplateCardComponentDto)
  components!: CloudTemplateCardComponentDto[];
}

/** The values of one part of a template, or of one of its buttons. @publicApi */
export class CloudTemplateComponentDto extends CloudTemplatePartDto {
  @IsLiteral(...CLOUD_TEMPLATE_COMPONENT_TYPES)
  type!: CloudTemplateComponentType;

  /** The cards of a `carousel`, at most ten with unique indexes. */
  @OnlyForType('carousel')
  @UniqueBy('card_index')
  @MaxItems(FIXED_LIMITS.carousel.maxCards)
  @NestedList(() => CloudTemplateCardDto)
  cards?: CloudTemplateCardDto[];
}

/** The language of a template. @publicApi */
export class CloudTemplateLanguageDto {
  /** A language code, such as `pt_BR`. */
  @IsText()
  code!: string;

  /** Meta knows only this policy, and does not need it. */
  @Optional()
  @IsIn(['deterministic'])
  policy?: 'deterministic';
}

/** A template with its values. @publicApi */
export class CloudTemplateContentDto {
  /** 1–512 characters. */
  @IsText(FIXED_LIMITS.template.name)
  name!: string;

  @Nested(() => CloudTemplateLanguageDto)
  language!: CloudTemplateLanguageDto;

  /** The values of the parts that have variables. */
  @Optional()
  @NestedList(() => CloudTemplateComponentDto)
  components?: CloudTemplateComponentDto[];
}

/**
 * An approved template.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview
 *
 * @publicApi
 */
export class CloudTemplateDto extends CloudMessageDto {
  @Nested(() => CloudTemplateContentDto)
  template!: CloudTemplateContentDto;
}
