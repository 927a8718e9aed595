import { IsIn } from 'class-validator';
import {
  AllowedForType,
  HasOneOf,
  IsHttpUrl,
  IsMessageRecipient,
  IsPlainObject,
  IsText,
  IsWholeNumber,
  MaxItems,
  Nested,
  NestedList,
  OnlyForType,
  Optional,
  UniqueBy,
} from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import { createRuleDecorator } from '../../validation/rule.js';
import { isShortList } from '../../validation/rules/list.rules.js';
import { isWellFormed } from '../../validation/well-formed.js';
import type { MessageRecipient } from '../button-message.interface.js';
import { FIXED_LIMITS } from '../limits.js';
import type { TemplateButton, TemplateParameters } from '../message.interface.js';
import { DocumentHeaderDto } from './button-message.dto.js';

const BUTTON_TYPES = ['reply', 'url', 'copy', 'flow'] as const satisfies TemplateButton['type'][];

const PARAMETERS = '$property must be a non-empty array of texts, or an object with named texts';

/** Texts by position or by name. The first other value is reported. */
const IsTemplateParameters = createRuleDecorator('isTemplateParameters', {
  issues(value, { property }) {
    const isList = isShortList(value);
    const values = isList || isRecord(value) ? Object.entries(value) : [];
    if (values.length === 0) return [{ path: property, message: PARAMETERS }];
    const wrong = values.find(([, text]) => typeof text !== 'string' || text.trim() === '' || !isWellFormed(text));
    if (!wrong) return [];
    const path = isList ? `${property}[${wrong[0]}]` : `${property}.${wrong[0]}`;
    return [{ path, message: '$property must be a non-empty string' }];
  },
  message: PARAMETERS,
  schema: () => ({
    value: {
      oneOf: [
        { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
        { type: 'object', additionalProperties: { type: 'string', minLength: 1 } },
      ],
    },
  }),
});

/** The class form of `TemplateHeader`. @publicApi */
export class TemplateHeaderDto {
  /** The values of a text header. */
  @Optional()
  @IsTemplateParameters()
  text?: TemplateParameters;

  /** An http(s) URL. */
  @Optional()
  @IsHttpUrl()
  @IsText()
  image?: string;

  /** An http(s) URL. */
  @Optional()
  @IsHttpUrl()
  @IsText()
  video?: string;

  @Optional()
  @Nested(() => DocumentHeaderDto)
  document?: DocumentHeaderDto;
}

/** The class form of `TemplateButton`. @publicApi */
export class TemplateButtonDto {
  @IsIn(BUTTON_TYPES)
  type!: TemplateButton['type'];

  /** The position of the button in the template, 0–9. */
  @IsWholeNumber(0, FIXED_LIMITS.template.buttons - 1)
  index!: number;

  /** 1–256 characters. Only for a `reply` button. */
  @OnlyForType('reply')
  @IsText('buttonId')
  payload?: string;

  /** The button's title in the template. Only for a `reply` button. */
  @AllowedForType('reply')
  @IsText(FIXED_LIMITS.template.buttonTitle)
  title?: string;

  /** Only for a `url` button. */
  @OnlyForType('url')
  @IsText(FIXED_LIMITS.template.url)
  suffix?: string;

  /** 1–15 characters. Only for a `copy` button. */
  @OnlyForType('copy')
  @IsText(FIXED_LIMITS.template.code)
  code?: string;

  /** Only for a `flow` button. */
  @AllowedForType('flow')
  @IsText()
  token?: string;

  /** Only for a `flow` button. */
  @AllowedForType('flow')
  @IsPlainObject()
  data?: Record<string, unknown>;
}

/** The class form of `Template`. @publicApi */
export class TemplateDto {
  /** 1–512 characters. */
  @IsText(FIXED_LIMITS.template.name)
  name!: string;

  /** A language code, such as `pt_BR`. */
  @IsText()
  language!: string;

  /** Exactly one of `text`, `image`, `video` and `document`. */
  @Optional()
  @HasOneOf('text', 'image', 'video', 'document')
  @Nested(() => TemplateHeaderDto)
  header?: TemplateHeaderDto;

  /** The values of the body. */
  @Optional()
  @IsTemplateParameters()
  body?: TemplateParameters;

  /** At most ten, with unique indexes. */
  @Optional()
  @UniqueBy('index')
  @MaxItems(FIXED_LIMITS.template.buttons)
  @NestedList(() => TemplateButtonDto)
  buttons?: TemplateButtonDto[];
}

/** The class form of `TemplateMessage`, for `@Body()` in controllers. @publicApi */
export class TemplateMessageDto {
  /** A phone number, or an object with exactly one of `phone`, `lid`, `userId`, `group` and `conversation`. */
  @IsMessageRecipient()
  to!: MessageRecipient;

  @Nested(() => TemplateDto)
  template!: TemplateDto;

  /** What the template says. 1–4,096 characters. */
  @Optional()
  @IsText(FIXED_LIMITS.text)
  text?: string;
}
