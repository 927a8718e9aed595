import { IsIn } from 'class-validator';
import {
  HasOneOf,
  IsHttpUrl,
  IsMedia,
  IsMessageRecipient,
  IsPossiblePhone,
  IsText,
  limitOf,
  Nested,
  NestedList,
  OnlyForType,
  Optional,
  UniqueBy,
} from '../validation/index.js';
import { isRecord } from '../validation/is-record.js';
import { createRuleDecorator } from '../validation/rule.js';
import type { Button, MessageRecipient } from './button-message.interface.js';

/** The kinds of button of a `ButtonMessage`. */
export const BUTTON_TYPES = ['reply', 'url', 'call', 'copy'] as const satisfies Button['type'][];

/** The class form of `MessageHeader`. @publicApi */
export class MessageHeaderDto {
  /** 1–60 characters. */
  @Optional()
  @IsText('header')
  text?: string;

  /** An http(s) URL. Z-API also accepts a data URI. */
  @Optional()
  @IsMedia('image')
  @IsText()
  image?: string;

  /** An http(s) URL. Z-API also accepts a data URI. */
  @Optional()
  @IsMedia('video')
  @IsText()
  video?: string;
}

/** The class form of `Button`. @publicApi */
export class ButtonDto {
  @IsIn(BUTTON_TYPES)
  type!: Button['type'];

  /** 1–256 characters. Only for a `reply` button. */
  @OnlyForType('reply')
  @IsText('buttonId')
  id?: string;

  /** 1–20 characters. */
  @IsText('buttonTitle')
  title!: string;

  /** Only for a `url` button. */
  @OnlyForType('url')
  @IsHttpUrl()
  @IsText()
  url?: string;

  /** Only for a `call` button. */
  @OnlyForType('call')
  @IsPossiblePhone()
  @IsText()
  phone?: string;

  /** Only for a `copy` button. */
  @OnlyForType('copy')
  @IsText()
  code?: string;
}

/** At most `limits.buttons` reply buttons, and as many others. */
const MaxButtons = createRuleDecorator('maxItems', {
  validate(value, args) {
    if (!Array.isArray(value)) return true;
    const limit = limitOf('buttons', args.limits);
    if (value.length > 2 * limit) return false;
    let replies = 0;
    for (const button of value) if (isRecord(button) && button.type === 'reply') replies += 1;
    return replies <= limit && value.length - replies <= limit;
  },
  message({ limits }) {
    const limit = limitOf('buttons', limits);
    return `$property must have at most ${limit} reply buttons and at most ${limit} others`;
  },
  schema: ({ limits }) => ({ value: { maxItems: 2 * limitOf('buttons', limits) }, inWords: true }),
});

/** The class form of `ButtonMessage`, for `@Body()` in controllers. @publicApi */
export class ButtonMessageDto {
  /** A phone number, or an object with exactly one of `phone`, `lid`, `userId`, `group` and `conversation`. */
  @IsMessageRecipient()
  to!: MessageRecipient;

  /** 1–1,024 characters. */
  @IsText('body')
  text!: string;

  /** Exactly one of `text`, `image` and `video`. */
  @Optional()
  @HasOneOf('text', 'image', 'video')
  @Nested(() => MessageHeaderDto)
  header?: MessageHeaderDto;

  /** 1–60 characters. */
  @Optional()
  @IsText('footer')
  footer?: string;

  /** At least one. At most three reply buttons and three others, with unique IDs and titles. */
  @UniqueBy('id')
  @UniqueBy('title')
  @MaxButtons()
  @NestedList(() => ButtonDto)
  buttons!: ButtonDto[];
}
