import { isEmail } from 'class-validator';
import { isPossiblePhone } from '../../message/phone-number.js';
import { type RecipientKind, recipientKind, recipientPattern } from '../../message/recipient-kind.js';
import { createRuleDecorator } from '../rule.js';
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

const HasProtocol = createRuleDecorator<string[]>('isUrl', {
  validate: (value, { constraints }) => !isFilled(value) || isUrl(value, constraints),
  message({ constraints }) {
    const beginnings = constraints.map((protocol: string) => `${protocol}://`);
    return `$property must be a URL that begins with ${beginnings.join(' or ')}, without a user name before the host`;
  },
  schema: ({ constraints }) => ({ value: { pattern: `^${urlPattern(constraints)}$` }, inWords: true }),
});

/** An absolute URL. @param protocols Default: http and https. */
export function IsHttpUrl(...protocols: ('http' | 'https')[]): PropertyDecorator {
  return HasProtocol(...(protocols.length > 0 ? protocols : ['http', 'https']));
}

/** The URL of a proxy, which may contain a user name and a password. */
export const IsProxyUrl = createRuleDecorator('isUrl', {
  validate: (value) => !isFilled(value) || isAddress(value, ['http', 'https']),
  message: '$property must be a URL that begins with http:// or https://',
});

/** A pattern for a data URI before its comma. */
function dataUriHead(type: string): string {
  return `data:${type}/[\\w.+-]+(?:;[\\w=.-]+)*`;
}

function isDataUri(value: string, type: string): boolean {
  const comma = value.indexOf(',');
  return comma > 0 && comma < value.length - 1 && new RegExp(`^${dataUriHead(type)}$`).test(value.slice(0, comma));
}

/** The URL of an image or a video, or the file itself as a data URI. */
export const IsMedia = createRuleDecorator<[type: 'image' | 'video']>('isMedia', {
  validate: (value, { constraints: [type] }) => !isFilled(value) || isUrl(value) || isDataUri(value, type),
  message: ({ constraints: [type] }) => `$property must be an http(s) URL or a data URI of type ${type}`,
  schema({ constraints: [type] }) {
    return {
      value: { pattern: `^(?:${urlPattern(['http', 'https'])}|${dataUriHead(type)},[\\s\\S]+)$` },
      inWords: true,
    };
  },
});

const POSSIBLE_PHONE = '$property must be a possible phone number that begins with + or with its country code';

/** A phone number that is possible in its country. It need not be in use. */
export const IsPossiblePhone = createRuleDecorator('isPossiblePhone', {
  validate: (value) => !isFilled(value) || isPossiblePhone(value),
  message: POSSIBLE_PHONE,
  schema: () => ({ value: { pattern: recipientPattern('phone') }, inWords: true }),
});

/** One of these kinds of recipient, in Z-API's notation. */
export const IsRecipient = createRuleDecorator<RecipientKind[]>('isRecipient', {
  validate(value, { constraints }) {
    if (!isFilled(value)) return true;
    const kind = recipientKind(value);
    return kind !== undefined && constraints.includes(kind) && (kind !== 'phone' || isPossiblePhone(value));
  },
  message({ constraints }) {
    const [, ...others]: RecipientKind[] = constraints;
    const names = others.map((kind) => (kind === 'userId' ? 'user ID' : kind));
    return names.length > 0 ? `${POSSIBLE_PHONE}, or a ${names.join(', ')}` : POSSIBLE_PHONE;
  },
  schema: ({ constraints }) => ({ value: { pattern: recipientPattern(...constraints) }, inWords: true }),
});

/** Not `.` or `..`, which `encodeURIComponent` leaves unchanged and which would change the meaning of the path. */
export const IsPathSegment = createRuleDecorator('isPathSegment', {
  validate: (value) => value !== '.' && value !== '..',
  message: '$property is part of a URL path and must not be "." or ".."',
  schema: () => ({ value: { not: { anyOf: [{ enum: ['.', '..'] }, { pattern: NOT_WELL_FORMED }] } } }),
});

/** An email address. */
export const IsEmailAddress = createRuleDecorator('isEmail', {
  // class-validator throws if there is a lone surrogate, which `isWellFormed` reports.
  validate: (value) => (typeof value === 'string' && !isWellFormed(value)) || isEmail(value),
  message: '$property must be an email address',
  schema: () => ({ value: { type: 'string', format: 'email' } }),
});
