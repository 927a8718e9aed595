import { ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import { IsText } from '../validation/index.js';
import { applyRule } from '../validation/rule.js';

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

@ValidatorConstraint({ name: 'isHttpsOrLoopback' })
export class IsHttpsOrLoopbackRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || !URL.canParse(value)) return false;
    const url = new URL(value);
    if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return false;
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  }

  defaultMessage(): string {
    return '$property must be an https URL without user, query and fragment; http is for loopback addresses only';
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
    return '$property must consist of printable ASCII characters without spaces, as it is sent in a header';
  }
}

/** A credential that goes into a header. */
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
    return '$property must be a text that is not empty, or a list of such texts';
  }
}

@ValidatorConstraint({ name: 'isPositiveNumber' })
export class IsPositiveNumberRule implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return typeof value === 'number' && Number.isFinite(value) && value > 0;
  }

  defaultMessage(): string {
    return '$property must be a number above 0';
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
    return '$property must be a list of functions';
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

/** A number above 0. */
export function IsPositiveNumber(): PropertyDecorator {
  return applyRule(IsPositiveNumberRule);
}

/** A secret, or several while it is being changed. */
export function IsSecretOrSecrets(): PropertyDecorator {
  return applyRule(IsSecretOrSecretsRule);
}

/** Something to call. */
export function IsFunction(): PropertyDecorator {
  return applyRule(IsFunctionRule);
}

/** A list of what can be called. */
export function IsFunctions(): PropertyDecorator {
  return applyRule(IsFunctionsRule);
}

/** Whether and where to log. */
export function IsLogger(): PropertyDecorator {
  return applyRule(IsLoggerRule);
}
