import { IsIn } from 'class-validator';
import {
  AllowedForType,
  HasOneOf,
  IsHttpUrl,
  IsMedia,
  IsMessageRecipient,
  IsPossiblePhone,
  IsText,
  IsTextList,
  limitOf,
  Nested,
  NestedList,
  OnlyForType,
  Optional,
  RequiredWith,
  UniqueBy,
} from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import { createRuleDecorator } from '../../validation/rule.js';
import type { Button, MediaKind, MessageRecipient } from '../button-message.interface.js';

/** The kinds of button of a `ButtonMessage`. */
export const BUTTON_TYPES = ['reply', 'url', 'call', 'copy'] as const satisfies Button['type'][];

/** The kinds of media of a header. */
const MEDIA_KINDS = ['image', 'video', 'document'] as const satisfies MediaKind[];

/** The class form of `DocumentHeader`. @publicApi */
export class DocumentHeaderDto {
  /** An http(s) URL. */
  @IsHttpUrl()
  @IsText()
  link!: string;

  /** The displayed name. */
  @Optional()
  @IsText()
  filename?: string;
}

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

  @Optional()
  @Nested(() => DocumentHeaderDto)
  document?: DocumentHeaderDto;

  /** The provider's ID of an uploaded file. Requires `kind`. */
  @RequiredWith('kind')
  @IsText()
  mediaId?: string;

  /** The kind of the file of `mediaId`. */
  @RequiredWith('mediaId')
  @IsIn(MEDIA_KINDS)
  kind?: MediaKind;
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

  /** What else people type for it. Only for a `reply` button. */
  @AllowedForType('reply')
  @IsTextList()
  synonyms?: string[];

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

  /** Exactly one of `text`, `image`, `video`, `document` and `mediaId`. */
  @Optional()
  @HasOneOf('text', 'image', 'video', 'document', 'mediaId')
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
