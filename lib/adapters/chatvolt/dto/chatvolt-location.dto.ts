import { IsText } from '../../../validation/index.js';
import { createRuleDecorator } from '../../../validation/rule.js';
import { ConversationContentDto } from './conversation-message.dto.js';

/** A number, or a text of one, from `-maximum` to `maximum`. */
const IsCoordinate = createRuleDecorator<[maximum: number]>('isCoordinate', {
  validate(value, { constraints: [maximum] }) {
    const isNumeric = typeof value === 'number' || (typeof value === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(value));
    return isNumeric && Math.abs(Number(value)) <= maximum;
  },
  message: ({ constraints: [maximum] }) => `$property must be a number from -${maximum} to ${maximum}`,
  schema: ({ constraints: [maximum] }) => ({
    value: {
      oneOf: [
        { type: 'number', minimum: -maximum, maximum },
        { type: 'string', pattern: '^[+-]?\\d+(\\.\\d+)?$' },
      ],
    },
    inWords: true,
  }),
});

/**
 * `POST /messages/interactive/send-location`: a place on the map.
 *
 * @see https://docs.chatvolt.ai/api-reference/endpoint/whatsapp/send-location
 *
 * @publicApi
 */
export class ChatvoltLocationDto extends ConversationContentDto {
  /** Degrees, from -90 to 90. Chatvolt gets a text. */
  @IsCoordinate(90)
  latitude!: number | string;

  /** Degrees, from -180 to 180. Chatvolt gets a text. */
  @IsCoordinate(180)
  longitude!: number | string;

  /** The name of the place. */
  @IsText()
  name!: string;

  @IsText()
  address!: string;
}
