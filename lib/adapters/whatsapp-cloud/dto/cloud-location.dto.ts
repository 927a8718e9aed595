import { IsText, Nested, Optional } from '../../../validation/index.js';
import { createRuleDecorator } from '../../../validation/rule.js';
import { CloudMessageDto } from './cloud-message.dto.js';

const DECIMAL = /^-?\d{1,3}(\.\d+)?$/;

/** Degrees up to this number in both directions: a number, or its decimal text, as Meta documents both. */
const IsDegrees = createRuleDecorator<[limit: number]>('isDegrees', {
  validate(value, { constraints: [limit] }) {
    const isDecimal = typeof value === 'number' || (typeof value === 'string' && DECIMAL.test(value));
    return isDecimal && Math.abs(Number(value)) <= limit;
  },
  message: ({ constraints: [limit] }) => `$property must be a number, or its decimal text, from -${limit} to ${limit}`,
  schema: ({ constraints: [limit] }) => ({
    value: {
      oneOf: [
        { type: 'number', minimum: -limit, maximum: limit },
        { type: 'string', pattern: DECIMAL.source },
      ],
    },
    inWords: true,
  }),
});

/** A place. @publicApi */
export class CloudPlaceDto {
  /** Degrees from -90 to 90. */
  @IsDegrees(90)
  latitude!: number | string;

  /** Degrees from -180 to 180. */
  @IsDegrees(180)
  longitude!: number | string;

  /** The name of the place. */
  @Optional()
  @IsText()
  name?: string;

  /** The address of the place. */
  @Optional()
  @IsText()
  address?: string;
}

/**
 * A place on a map.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-messages
 *
 * @publicApi
 */
export class CloudLocationDto extends CloudMessageDto {
  @Nested(() => CloudPlaceDto)
  location!: CloudPlaceDto;
}
