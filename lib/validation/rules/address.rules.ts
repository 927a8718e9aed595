import { ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { isPossiblePhone, type RecipientKind, recipientKind } from '../../message/recipient.js';
import { applyRule, type RuleArguments } from '../rule.js';

// What is empty or no text at all is the business of `isText`.
function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** Whether a text is an absolute URL of one of the protocols, with a host. */
export function isUrl(value: unknown, protocols: readonly string[] = ['http', 'https']): value is string {
  if (typeof value !== 'string' || /[\s\p{Cc}]/u.test(value)) return false;
  if (!protocols.some((protocol) => value.toLowerCase().startsWith(`${protocol}://`))) return false;
  return URL.canParse(value) && new URL(value).hostname !== '';
}

@ValidatorConstraint({ name: 'isUrl' })
export class IsUrlRule implements ValidatorConstraintInterface {
  validate(value: unknown, args: RuleArguments): boolean {
    return !isFilled(value) || isUrl(value, args.constraints);
  }

  defaultMessage(args: RuleArguments): string {
    const beginnings = args.constraints.map((protocol: string) => `${protocol}://`);
    return `$property must be a URL that begins with ${beginnings.join(' or ')}`;
  }
}

/** An absolute URL; http and https unless told otherwise. */
export function IsHttpUrl(...protocols: ('http' | 'https')[]): PropertyDecorator {
  return applyRule(IsUrlRule, protocols.length > 0 ? protocols : ['http', 'https']);
}

@ValidatorConstraint({ name: 'isMedia' })
export class IsMediaRule implements ValidatorConstraintInterface {
  validate(value: unknown, args: RuleArguments): boolean {
    const type: string = args.constraints[0];
    return !isFilled(value) || isUrl(value) || isDataUri(value, type);
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must be an http(s) URL or a data URI of type ${args.constraints[0]}`;
  }
}

function isDataUri(value: string, type: string): boolean {
  const comma = value.indexOf(',');
  return (
    comma > 0 &&
    comma < value.length - 1 &&
    new RegExp(`^data:${type}/[\\w.+-]+(;[\\w=.-]+)*$`).test(value.slice(0, comma))
  );
}

/** A link to an image or a video, or the file itself as a data URI. */
export function IsMedia(type: 'image' | 'video'): PropertyDecorator {
  return applyRule(IsMediaRule, [type]);
}

@ValidatorConstraint({ name: 'isPossiblePhone' })
export class IsPossiblePhoneRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return !isFilled(value) || isPossiblePhone(value);
  }

  defaultMessage(): string {
    return '$property must be a telephone number with country code and a length that is possible there';
  }
}

/** A telephone number whose length is possible in its country; it need not be in use. */
export function IsPossiblePhone(): PropertyDecorator {
  return applyRule(IsPossiblePhoneRule);
}

@ValidatorConstraint({ name: 'isRecipient' })
export class IsRecipientRule implements ValidatorConstraintInterface {
  validate(value: unknown, args: RuleArguments): boolean {
    if (!isFilled(value)) return true;
    const kind = recipientKind(value);
    return kind !== undefined && args.constraints.includes(kind) && (kind !== 'phone' || isPossiblePhone(value));
  }

  defaultMessage(args: RuleArguments): string {
    const kinds: RecipientKind[] = args.constraints;
    return `$property must be a possible telephone number with country code${kinds.length > 1 ? `, or a ${kinds.slice(1).join(', ')}` : ''}`;
  }
}

/** One of these kinds of recipient, as Z-API writes them. */
export function IsRecipient(...kinds: RecipientKind[]): PropertyDecorator {
  return applyRule(IsRecipientRule, kinds);
}

@ValidatorConstraint({ name: 'isPathSegment' })
export class IsPathSegmentRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return value !== '.' && value !== '..';
  }

  defaultMessage(): string {
    return '$property becomes a part of a path and must not be . or ..';
  }
}

/** Not `.` or `..`: `encodeURIComponent` leaves them as they are, and the path would change its meaning. */
export function IsPathSegment(): PropertyDecorator {
  return applyRule(IsPathSegmentRule);
}
