import { IsIn } from 'class-validator';
import {
  IsHttpUrl,
  IsMedia,
  IsPossiblePhone,
  IsText,
  MaxItems,
  NestedList,
  Optional,
  RequiredForType,
  UniqueBy,
} from '../../../validation/index.js';
import { isRecord } from '../../../validation/is-record.js';
import { createRuleDecorator } from '../../../validation/rule.js';
import { isShortList, repeats } from '../../../validation/rules/list.rules.js';
import { ZApiDelayedMessageDto } from './z-api-message.dto.js';

/** The types of buttons of `send-button-actions`. @publicApi */
export const BUTTON_ACTION_TYPES = ['CALL', 'URL', 'REPLY'] as const;

/**
 * The action of a button.
 *
 * @see https://developer.z-api.io/en/message/send-button-actions
 *
 * @publicApi
 */
export type ButtonActionType = (typeof BUTTON_ACTION_TYPES)[number];

/**
 * A button of `send-button-actions`.
 *
 * @see https://developer.z-api.io/en/message/send-button-actions
 *
 * @publicApi
 */
export class ButtonActionDto {
  /** Returned in the webhook of a press. 1–256 characters. */
  @Optional()
  @IsText('buttonId')
  id?: string;

  @IsIn(BUTTON_ACTION_TYPES)
  type!: ButtonActionType;

  /** The text of the button, 1–20 characters. */
  @IsText('buttonTitle')
  label!: string;

  /** The phone number that a `CALL` button dials. */
  @RequiredForType('CALL')
  @IsPossiblePhone()
  @IsText()
  phone?: string;

  /** The `http://` or `https://` URL that a `URL` button opens. */
  @RequiredForType('URL')
  @IsHttpUrl()
  @IsText()
  url?: string;
}

/** Rejects `REPLY` buttons next to others, unless the module's `limits.mixedButtons` is `allow`. */
const NotMixed = createRuleDecorator('mixedButtons', {
  validate(value, { limits }) {
    if (limits?.mixedButtons === 'allow' || !isShortList(value)) return true;
    const types = value.map((button) => (isRecord(button) ? button.type : undefined));
    return !types.includes('REPLY') || !(types.includes('CALL') || types.includes('URL'));
  },
  message: '$property must not mix REPLY buttons with other types',
});

function replyLabel(button: unknown): unknown {
  return isRecord(button) && button.type === 'REPLY' ? button.label : undefined;
}

const HasUniqueReplyLabels = createRuleDecorator('uniqueBy', {
  issues(value, { property }) {
    if (!isShortList(value)) return [];
    return repeats(value, replyLabel).map((index) => ({
      path: `${property}[${index}].label`,
      message: '$property must differ from the labels of earlier REPLY buttons',
    }));
  },
  message: '$property must not have two REPLY buttons with the same label',
});

/**
 * Requires unique labels of reply buttons, because a webhook may contain the label only. Links and calls cause no
 * webhooks.
 *
 * @publicApi
 */
export function UniqueReplyLabels(): PropertyDecorator {
  return HasUniqueReplyLabels();
}

/**
 * `POST send-button-actions`: a text with reply buttons, or with link and call buttons.
 *
 * @see https://developer.z-api.io/en/message/send-button-actions
 *
 * @publicApi
 */
export class SendButtonActionsDto extends ZApiDelayedMessageDto {
  /** 1–1,024 characters. */
  @IsText('body')
  message!: string;

  /** A line above the message, 1–60 characters. */
  @Optional()
  @IsText('header')
  title?: string;

  /** A line below the message, 1–60 characters. */
  @Optional()
  @IsText('footer')
  footer?: string;

  /** A URL or data URI. */
  @Optional()
  @IsMedia('image')
  @IsText()
  image?: string;

  /** One to three buttons. `CALL` and `URL` can be combined, `REPLY` cannot. */
  @UniqueBy('id')
  @UniqueReplyLabels()
  @NotMixed()
  @MaxItems('buttons')
  @NestedList(() => ButtonActionDto)
  buttonActions!: ButtonActionDto[];
}
