import { ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { isSupportedCountry } from 'libphonenumber-js/max';
import { IsText } from '../validation/index.js';
import { isRecord } from '../validation/is-record.js';
import { applyRule } from '../validation/rule.js';
import { isWellFormed } from '../validation/well-formed.js';
import { isAccountName, MAX_ACCOUNT_NAME_LENGTH } from './account-name.js';
import { isLoopback } from './loopback.js';

/** A host in ASCII. Other letters can be mistaken for another host. */
const PLAIN_HOST = /^https?:\/\/(?:[a-z\d.-]+|\[[\da-f:.]+\])(?::\d+)?(?=\/|$)/i;

/** `URL` would resolve it, so that the URL would differ from the one that is shown. */
const DOT_SEGMENT = /\/(?:\.|%2e){1,2}(?:\/|$)/i;

@ValidatorConstraint({ name: 'isHttpsOrLoopback' })
export class IsHttpsOrLoopbackRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    // URL itself ignores spaces, line breaks and more.
    if (typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value) || /[?#@\\]/.test(value)) return false;
    if (!PLAIN_HOST.test(value) || DOT_SEGMENT.test(value) || !URL.canParse(value)) return false;
    const url = new URL(value);
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  }

  defaultMessage(): string {
    return (
      '$property must be an https URL in ASCII without user name, query, fragment, spaces, and "." or ".." in its path; ' +
      'http is only allowed for loopback addresses'
    );
  }
}

export function IsBaseUrl(): PropertyDecorator {
  return applyRule(IsHttpsOrLoopbackRule);
}

@ValidatorConstraint({ name: 'isHeaderValue' })
export class IsHeaderValueRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value !== 'string' || /^[\x21-\x7e]*$/.test(value);
  }

  defaultMessage(): string {
    return '$property must contain only printable ASCII characters without spaces, because it is sent in a header';
  }
}

/** A credential that is sent in a header. */
export function IsCredential(): PropertyDecorator {
  return (target, property) => {
    IsText()(target, property);
    applyRule(IsHeaderValueRule)(target, property);
  };
}

@ValidatorConstraint({ name: 'isSecretOrSecrets' })
export class IsSecretOrSecretsRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    const secrets = Array.isArray(value) ? value : [value];
    return secrets.length > 0 && secrets.every((secret) => typeof secret === 'string' && secret.trim() !== '');
  }

  defaultMessage(): string {
    return '$property must be a non-empty string, or an array of such strings';
  }
}

@ValidatorConstraint({ name: 'isPositiveNumber' })
export class IsPositiveNumberRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'number' && Number.isFinite(value) && value > 0;
  }

  defaultMessage(): string {
    return '$property must be a number greater than 0';
  }
}

@ValidatorConstraint({ name: 'isFunction' })
export class IsFunctionRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'function';
  }

  defaultMessage(): string {
    return '$property must be a function';
  }
}

@ValidatorConstraint({ name: 'isFunctions' })
export class IsFunctionsRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return Array.isArray(value) && value.every((each) => typeof each === 'function');
  }

  defaultMessage(): string {
    return '$property must be an array of functions';
  }
}

@ValidatorConstraint({ name: 'isLogger' })
export class IsLoggerRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value === 'boolean') return true;
    return typeof value === 'object' && value !== null && 'log' in value && 'error' in value && 'warn' in value;
  }

  defaultMessage(): string {
    return '$property must be true, false, or a logger with log, warn and error';
  }
}

/** A number greater than 0. */
export function IsPositiveNumber(): PropertyDecorator {
  return applyRule(IsPositiveNumberRule);
}

/** A secret, or several while it is rotated. */
export function IsSecretOrSecrets(): PropertyDecorator {
  return applyRule(IsSecretOrSecretsRule);
}

/** A function. */
export function IsFunction(): PropertyDecorator {
  return applyRule(IsFunctionRule);
}

/** An array of functions. */
export function IsFunctions(): PropertyDecorator {
  return applyRule(IsFunctionsRule);
}

/** A logger, or whether to log. */
export function IsLogger(): PropertyDecorator {
  return applyRule(IsLoggerRule);
}

@ValidatorConstraint({ name: 'isCountry' })
export class IsCountryRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'string' && isSupportedCountry(value);
  }

  defaultMessage(): string {
    return '$property must be an ISO country code in capital letters, such as BR';
  }
}

/** A country whose phone numbers libphonenumber can parse. */
export function IsCountry(): PropertyDecorator {
  return applyRule(IsCountryRule);
}

@ValidatorConstraint({ name: 'isStructuredLogs' })
export class IsStructuredLogsRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value === 'boolean') return true;
    if (!isRecord(value) || Object.keys(value).some((name) => name !== 'messageKey')) return false;
    const { messageKey } = value;
    return messageKey === undefined || (typeof messageKey === 'string' && messageKey !== '');
  }

  defaultMessage(): string {
    return '$property must be true, false, or { messageKey } with the name of the field for the text';
  }
}

/** Whether and how to log objects. */
export function IsStructuredLogs(): PropertyDecorator {
  return applyRule(IsStructuredLogsRule);
}

@ValidatorConstraint({ name: 'isAccountName' })
export class IsAccountNameRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    // Empty, non-string, malformed and untrimmed values are checked by other rules.
    if (typeof value !== 'string' || value.trim() === '' || !isWellFormed(value)) return true;
    return isAccountName(value.trim());
  }

  defaultMessage(): string {
    return (
      `$property must have at most ${MAX_ACCOUNT_NAME_LENGTH} characters, no line breaks, no control characters, ` +
      'no invisible characters, no "/" and no "\\", and must not be "." or ".."'
    );
  }
}

/** A name for URLs and log lines. */
export function IsAccountName(): PropertyDecorator {
  return applyRule(IsAccountNameRule);
}

@ValidatorConstraint({ name: 'isPlainPath' })
export class IsPlainPathRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string') return true;
    const segments = value.replace(/^\/+|\/+$/g, '').split('/');
    if (segments.length === 1 && segments[0] === '') return true;
    return segments.every((segment) => /^[\w~.-]+$/.test(segment) && segment !== '.' && segment !== '..');
  }

  defaultMessage(): string {
    return (
      '$property must contain only letters, digits, "-", "_", "." and "~", with "/" between segments. ' +
      'Parameters and wildcards are not supported: the URL of each account is {path}/{provider}/{account}'
    );
  }
}

/** A path that every router interprets in the same way. */
export function IsPlainPath(): PropertyDecorator {
  return applyRule(IsPlainPathRule);
}
