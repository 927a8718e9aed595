import { IsIn, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import {
  IsHttpUrl,
  IsMedia,
  IsPossiblePhone,
  IsText,
  MaxCharacters,
  MaxItems,
  NestedList,
  Optional,
  RequiredForType,
  UniqueBy,
} from '../../../validation/index.js';
import { isRecord } from '../../../validation/is-record.js';
import { applyRule, type LocatedIssue, type PathReportingRule, type RuleArguments } from '../../../validation/rule.js';
import { isShortList, repeats } from '../../../validation/rules/list.rules.js';
import { ZApiDelayedMessageDto } from './z-api-message.dto.js';

/** The kinds of button that `send-button-actions` knows. */
export const BUTTON_ACTION_TYPES = ['CALL', 'URL', 'REPLY'] as const;

/** What a button does. Source: Z-API's send-button-actions. */
export type ButtonActionType = (typeof BUTTON_ACTION_TYPES)[number];

/** One button of `send-button-actions`. Source: Z-API's documentation of the endpoint. */
export class ButtonActionDto {
  /** Comes back in the webhook of a press. 1–256 characters. */
  @Optional()
  @MaxCharacters('buttonId')
  @IsText()
  id?: string;

  @IsIn(BUTTON_ACTION_TYPES)
  type!: ButtonActionType;

  /** The words on the button, 1–20 characters. */
  @MaxCharacters('buttonTitle')
  @IsText()
  label!: string;

  /** The number that a `CALL` button dials. */
  @RequiredForType('CALL')
  @IsPossiblePhone()
  @IsText()
  phone?: string;

  /** The address that a `URL` button opens: http:// or https://. */
  @RequiredForType('URL')
  @IsHttpUrl()
  @IsText()
  url?: string;
}

/** @internal */
@ValidatorConstraint({ name: 'mixedButtons' })
export class MixedButtonsRule implements ValidatorConstraintInterface {
  validate(value: unknown, args: RuleArguments): boolean {
    if (args.limits?.mixedButtons === 'allow' || !isShortList(value)) return true;
    const types = value.map((button) => (isRecord(button) ? button.type : undefined));
    return !types.includes('REPLY') || !(types.includes('CALL') || types.includes('URL'));
  }

  defaultMessage(): string {
    return '$property must not mix REPLY buttons with others';
  }
}

/** `REPLY` buttons stand alone, unless the module's `limits.mixedButtons` is `allow`. */
function NotMixed(): PropertyDecorator {
  return applyRule(MixedButtonsRule);
}

/** @internal */
@ValidatorConstraint({ name: 'uniqueBy' })
export class UniqueReplyLabelsRule implements PathReportingRule {
  faults(value: unknown, args: RuleArguments): LocatedIssue[] {
    if (!isShortList(value)) return [];
    return repeats(value, replyLabel).map((index) => ({
      path: `${args.property}[${index}].label`,
      message: '$property must not repeat that of an earlier REPLY button',
    }));
  }

  validate(value: unknown, args: RuleArguments): boolean {
    return this.faults(value, args).length === 0;
  }

  defaultMessage(): string {
    return '$property must not have two REPLY buttons with the same label';
  }
}

function replyLabel(button: unknown): unknown {
  return isRecord(button) && button.type === 'REPLY' ? button.label : undefined;
}

/** A press may come back with its label alone. Links and calls do not come back: they may share one with anything. */
export function UniqueReplyLabels(): PropertyDecorator {
  return applyRule(UniqueReplyLabelsRule);
}

/** `POST send-button-actions`: a text with reply buttons, or with link and call buttons. */
export class SendButtonActionsDto extends ZApiDelayedMessageDto {
  /** 1–1,024 characters. */
  @MaxCharacters('body')
  @IsText()
  message!: string;

  /** A line above the message, 1–60 characters. */
  @Optional()
  @MaxCharacters('header')
  @IsText()
  title?: string;

  /** A line below the message, 1–60 characters. */
  @Optional()
  @MaxCharacters('footer')
  @IsText()
  footer?: string;

  /** An http(s) link or a data URI. */
  @Optional()
  @IsMedia('image')
  @IsText()
  image?: string;

  /** One to three buttons; `REPLY` stands alone, `CALL` and `URL` may stand together. */
  @UniqueBy('id')
  @UniqueReplyLabels()
  @NotMixed()
  @MaxItems('buttons')
  @NestedList(() => ButtonActionDto)
  buttonActions!: ButtonActionDto[];
}
