import { isEmail, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { isPossiblePhone } from '../../message/phone-number.js';
import { type RecipientKind, recipientKind, recipientPattern } from '../../message/recipient-kind.js';
import { type RuleSchema } from '../json-schema.interface.js';
import { applyRule, type RuleArguments, type RuleWithSchema } from '../rule.js';
import { isWellFormed, NOT_WELL_FORMED } from '../well-formed.js';

// Empty and non-string values are checked by `isText`.
function isFilled(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** A user name before the host can look like a host: `https://bank.example@evil.example`. */
const USER = '[/\\\\]*[^/?#]*@';
const WITH_USER = new RegExp(`^[a-z]+:${USER}`, 'i');

/** Checks that a value is an absolute URL with one of the protocols and without a user name. */
export function isUrl(value: unknown, protocols: readonly string[] = ['http', 'https']): value is string {
  return typeof value === 'string' && isAddress(value, protocols) && !hasUser(value);
}

function hasUser(address: string): boolean {
  const { username, password } = new URL(address);
  return username !== '' || password !== '' || WITH_USER.test(address);
}

function isAddress(value: string, protocols: readonly string[]): boolean {
  if (/[\s\p{Cc}]/u.test(value)) return false;
  if (!protocols.some((protocol) => value.toLowerCase().startsWith(`${protocol}://`))) return false;
  return URL.canParse(value) && new URL(value).hostname !== '';
}

/** A pattern for URLs of these protocols in upper or lower case. */
function urlPattern(protocols: readonly string[]): string {
  const written = protocols.map((protocol) => protocol.replace(/./g, (letter) => `[${letter}${letter.toUpperCase()}]`));
  return `(?:${written.join('|')})://(?!${USER})[^\\s\\u0000-\\u001f\\u007f-\\u009f]+`;
}

@ValidatorConstraint({ name: 'isUrl' })
export class IsUrlRule implements RuleWithSchema {
  validate(value: unknown, args: RuleArguments): boolean {
    return !isFilled(value) || isUrl(value, args.constraints);
  }

  defaultMessage(args: RuleArguments): string {
    const beginnings = args.constraints.map((protocol: string) => `${protocol}://`);
    return `$property must be a URL that begins with ${beginnings.join(' or ')}, without a user name before the host`;
  }

  schema(args: RuleArguments): RuleSchema {
    return { value: { pattern: `^${urlPattern(args.constraints)}$` }, inWords: true };
  }
}

/** An absolute URL. @param protocols Default: http and https. */
export function IsHttpUrl(...protocols: ('http' | 'https')[]): PropertyDecorator {
  return applyRule(IsUrlRule, protocols.length > 0 ? protocols : ['http', 'https']);
}

@ValidatorConstraint({ name: 'isUrl' })
export class IsProxyUrlRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return !isFilled(value) || isAddress(value, ['http', 'https']);
  }

  defaultMessage(): string {
    return '$property must be a URL that begins with http:// or https://';
  }
}

/** The URL of a proxy, which may contain a user name and a password. */
export function IsProxyUrl(): PropertyDecorator {
  return applyRule(IsProxyUrlRule);
}

@ValidatorConstraint({ name: 'isMedia' })
export class IsMediaRule implements RuleWithSchema {
  validate(value: unknown, args: RuleArguments): boolean {
    const type: string = args.constraints[0];
    return !isFilled(value) || isUrl(value) || isDataUri(value, type);
  }

  defaultMessage(args: RuleArguments): string {
    return `$property must be an http(s) URL or a data URI of type ${args.constraints[0]}`;
  }

  schema(args: RuleArguments): RuleSchema {
    const pattern = `^(?:${urlPattern(['http', 'https'])}|${dataUriHead(args.constraints[0])},[\\s\\S]+)$`;
    return { value: { pattern }, inWords: true };
  }
}

/** A pattern for a data URI before its comma. */
function dataUriHead(type: string): string {
  return `data:${type}/[\\w.+-]+(?:;[\\w=.-]+)*`;
}

function isDataUri(value: string, type: string): boolean {
  const comma = value.indexOf(',');
  return comma > 0 && comma < value.length - 1 && new RegExp(`^${dataUriHead(type)}$`).test(value.slice(0, comma));
}

/** The URL of an image or a video, or the file itself as a data URI. */
export function IsMedia(type: 'image' | 'video'): PropertyDecorator {
  return applyRule(IsMediaRule, [type]);
}

@ValidatorConstraint({ name: 'isPossiblePhone' })
export class IsPossiblePhoneRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    return !isFilled(value) || isPossiblePhone(value);
  }

  defaultMessage(): string {
    return '$property must be a possible phone number that begins with + or with its country code';
  }

  schema(): RuleSchema {
    return { value: { pattern: recipientPattern('phone') }, inWords: true };
  }
}

/** A phone number that is possible in its country. It need not be in use. */
export function IsPossiblePhone(): PropertyDecorator {
  return applyRule(IsPossiblePhoneRule);
}

@ValidatorConstraint({ name: 'isRecipient' })
export class IsRecipientRule implements RuleWithSchema {
  validate(value: unknown, args: RuleArguments): boolean {
    if (!isFilled(value)) return true;
    const kind = recipientKind(value);
    return kind !== undefined && args.constraints.includes(kind) && (kind !== 'phone' || isPossiblePhone(value));
  }

  defaultMessage(args: RuleArguments): string {
    const kinds: RecipientKind[] = args.constraints;
    const others = kinds.slice(1).map((kind) => (kind === 'userId' ? 'user ID' : kind));
    const number = '$property must be a possible phone number that begins with + or with its country code';
    return others.length > 0 ? `${number}, or a ${others.join(', ')}` : number;
  }

  schema(args: RuleArguments): RuleSchema {
    return { value: { pattern: recipientPattern(...args.constraints) }, inWords: true };
  }
}

/** One of these kinds of recipient, in Z-API's notation. */
export function IsRecipient(...kinds: RecipientKind[]): PropertyDecorator {
  return applyRule(IsRecipientRule, kinds);
}

@ValidatorConstraint({ name: 'isPathSegment' })
export class IsPathSegmentRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    return value !== '.' && value !== '..';
  }

  defaultMessage(): string {
    return '$property is part of a URL path and must not be "." or ".."';
  }

  schema(): RuleSchema {
    return { value: { not: { anyOf: [{ enum: ['.', '..'] }, { pattern: NOT_WELL_FORMED }] } } };
  }
}

/** Not `.` or `..`, which `encodeURIComponent` leaves unchanged and which would change the meaning of the path. */
export function IsPathSegment(): PropertyDecorator {
  return applyRule(IsPathSegmentRule);
}

@ValidatorConstraint({ name: 'isEmail' })
export class IsEmailAddressRule implements RuleWithSchema {
  validate(value: unknown): boolean {
    // class-validator throws if there is a lone surrogate, which `isWellFormed` reports.
    return (typeof value === 'string' && !isWellFormed(value)) || isEmail(value);
  }

  defaultMessage(): string {
    return '$property must be an email address';
  }

  schema(): RuleSchema {
    return { value: { type: 'string', format: 'email' } };
  }
}

/** An email address. */
export function IsEmailAddress(): PropertyDecorator {
  return applyRule(IsEmailAddressRule);
}
