import { IsBoolean, IsIn, IsString, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';
import {
  IsHttpUrl,
  IsPathSegment,
  IsText,
  IsTrimmed,
  IsWholeNumber,
  MayBeOmitted,
  Nested,
} from '../validation/index.js';
import { applyRule } from '../validation/rule.js';

const MOST = Number.MAX_SAFE_INTEGER;
/** The longest wait that Node's timers take. */
const LONGEST_TIMER_MS = 2_147_483_647;

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

function IsBaseUrl(): PropertyDecorator {
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
function IsCredential(): PropertyDecorator {
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

export class PacingDto {
  @MayBeOmitted()
  @applyRule(IsPositiveNumberRule)
  perSecond?: number;

  @MayBeOmitted()
  @applyRule(IsPositiveNumberRule)
  perRecipientPerSecond?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  burst?: number;
}

abstract class AccountOptionsDto {
  @IsString()
  provider!: string;

  @IsTrimmed()
  @IsText()
  name!: string;

  @MayBeOmitted()
  @IsBaseUrl()
  baseUrl?: string;

  @MayBeOmitted()
  @Nested(() => PacingDto)
  pacing?: PacingDto;
}

export class ZApiAccountOptionsDto extends AccountOptionsDto {
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  instanceId!: string;

  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  token!: string;

  @MayBeOmitted()
  @IsCredential()
  clientToken?: string;

  @MayBeOmitted()
  @IsCredential()
  authorization?: string;

  @MayBeOmitted()
  @applyRule(IsSecretOrSecretsRule)
  webhookSecret?: string | string[];
}

export class ChatvoltAccountOptionsDto extends AccountOptionsDto {
  @IsCredential()
  apiKey!: string;

  @MayBeOmitted()
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  agentId?: string;

  @MayBeOmitted()
  @IsBoolean()
  lookUpConversations?: boolean;

  @MayBeOmitted()
  @applyRule(IsSecretOrSecretsRule)
  webhookSecret?: string | string[];
}

export class WhatsAppCloudAccountOptionsDto extends AccountOptionsDto {
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  phoneNumberId!: string;

  @IsCredential()
  accessToken!: string;

  @MayBeOmitted()
  @applyRule(IsSecretOrSecretsRule)
  appSecret?: string | string[];

  @MayBeOmitted()
  @IsText()
  verifyToken?: string;

  @MayBeOmitted()
  @IsPathSegment()
  @IsTrimmed()
  @IsText()
  graphVersion?: string;
}

export class HttpOptionsDto {
  @MayBeOmitted()
  @IsWholeNumber(1, LONGEST_TIMER_MS)
  timeoutMs?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  maxSockets?: number;

  @MayBeOmitted()
  @IsHttpUrl()
  @IsText()
  proxy?: string;

  @MayBeOmitted()
  @IsWholeNumber(0, LONGEST_TIMER_MS)
  closeTimeoutMs?: number;
}

export class RetryOptionsDto {
  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  attempts?: number;

  @MayBeOmitted()
  @IsWholeNumber(0, LONGEST_TIMER_MS)
  baseDelayMs?: number;

  @MayBeOmitted()
  @IsWholeNumber(0, LONGEST_TIMER_MS)
  maxDelayMs?: number;

  @MayBeOmitted()
  @IsIn(['report', 'resend'])
  unknownOutcome?: 'report' | 'resend';
}

export class BreakerOptionsDto {
  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  failures?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, LONGEST_TIMER_MS)
  coolDownMs?: number;
}

export class LimitsDto {
  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  buttons?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  buttonTitle?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  buttonId?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  body?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  header?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  footer?: number;

  @MayBeOmitted()
  @IsIn(['reject', 'allow'])
  mixedButtons?: 'reject' | 'allow';
}

/** Everything but `accounts` and `breaker`, whose forms vary; `check-options` looks at those. */
export class OptionsDto {
  @MayBeOmitted()
  @IsText()
  defaultAccount?: string;

  @MayBeOmitted()
  @applyRule(IsFunctionRule)
  resolveAccount?: unknown;

  @MayBeOmitted()
  @IsWholeNumber(0, LONGEST_TIMER_MS)
  resolvedAccountTtlMs?: number;

  @MayBeOmitted()
  @Nested(() => HttpOptionsDto)
  http?: HttpOptionsDto;

  @MayBeOmitted()
  @Nested(() => RetryOptionsDto)
  retry?: RetryOptionsDto;

  @MayBeOmitted()
  @Nested(() => LimitsDto)
  limits?: LimitsDto;

  @MayBeOmitted()
  @IsWholeNumber(0, MOST)
  remember?: number;

  @MayBeOmitted()
  @applyRule(IsLoggerRule)
  logger?: unknown;
}
