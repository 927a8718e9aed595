import { IsIn } from 'class-validator';
import { FIXED_LIMITS } from '../../../message/limits.js';
import { IsPlainObject, IsText, IsWholeNumber, Nested, OnlyForType, Optional } from '../../../validation/index.js';
import { CloudPlaceDto } from './cloud-location.dto.js';
import { MediaDto } from './interactive.dto.js';
import { NestedFile } from './nested-file.decorator.js';

/** The types of the values of a template. @publicApi */
export const CLOUD_TEMPLATE_PARAMETER_TYPES = [
  'text',
  'currency',
  'date_time',
  'image',
  'video',
  'document',
  'location',
  'product',
  'limited_time_offer',
  'order_status',
  'payload',
  'coupon_code',
  'ttl_minutes',
  'action',
] as const;

/** The type of a value of a template. @publicApi */
export type CloudTemplateParameterType = (typeof CLOUD_TEMPLATE_PARAMETER_TYPES)[number];

/** An amount of money. @publicApi */
export class CloudCurrencyDto {
  /** The text that is shown if WhatsApp cannot format the amount. */
  @IsText()
  fallback_value!: string;

  /** The ISO 4217 code, such as `BRL`. */
  @IsText()
  code!: string;

  /** The amount, multiplied by 1,000. */
  @IsWholeNumber(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
  amount_1000!: number;
}

/** A date. @publicApi */
export class CloudDateTimeDto {
  /** The text that is shown. WhatsApp does not format it. */
  @IsText()
  fallback_value!: string;
}

/** A product of a catalog. @publicApi */
export class CloudProductDto {
  @IsText()
  product_retailer_id!: string;

  @IsText()
  catalog_id!: string;
}

/** The end of a limited-time offer. @publicApi */
export class CloudLimitedTimeOfferDto {
  /** UNIX time in milliseconds. */
  @IsWholeNumber(0, Number.MAX_SAFE_INTEGER)
  expiration_time_ms!: number;
}

/** A value of a template. It has only the field with the name of its `type`. @publicApi */
export class CloudTemplateParameterDto {
  @IsIn(CLOUD_TEMPLATE_PARAMETER_TYPES)
  type!: CloudTemplateParameterType;

  /** The name of the variable, if the template has named variables. */
  @Optional()
  @IsText()
  parameter_name?: string;

  /** The text of a variable, or the end of a button's URL. */
  @OnlyForType('text')
  @IsText()
  text?: string;

  @OnlyForType('currency')
  @Nested(() => CloudCurrencyDto)
  currency?: CloudCurrencyDto;

  @OnlyForType('date_time')
  @Nested(() => CloudDateTimeDto)
  date_time?: CloudDateTimeDto;

  @OnlyForType('image')
  @NestedFile(() => MediaDto)
  image?: MediaDto;

  @OnlyForType('video')
  @NestedFile(() => MediaDto)
  video?: MediaDto;

  @OnlyForType('document')
  @NestedFile(() => MediaDto)
  document?: MediaDto;

  @OnlyForType('location')
  @Nested(() => CloudPlaceDto)
  location?: CloudPlaceDto;

  @OnlyForType('product')
  @Nested(() => CloudProductDto)
  product?: CloudProductDto;

  @OnlyForType('limited_time_offer')
  @Nested(() => CloudLimitedTimeOfferDto)
  limited_time_offer?: CloudLimitedTimeOfferDto;

  /** The reference and the status of an order, in Meta's format. */
  @OnlyForType('order_status')
  @IsPlainObject()
  order_status?: Record<string, unknown>;

  /** Returned in the webhook of a press. 1–256 characters. */
  @OnlyForType('payload')
  @IsText('buttonId')
  payload?: string;

  /** 1–15 characters. */
  @OnlyForType('coupon_code')
  @IsText(FIXED_LIMITS.template.code)
  coupon_code?: string;

  /** How long a call button works, in minutes, 1–43,200. */
  @OnlyForType('ttl_minutes')
  @IsWholeNumber(1, FIXED_LIMITS.voiceCall.minutes)
  ttl_minutes?: number;

  /** The values of a button of the type `flow`, `catalog`, `mpm` or `order_details`, in Meta's format. */
  @OnlyForType('action')
  @IsPlainObject()
  action?: Record<string, unknown>;
}
