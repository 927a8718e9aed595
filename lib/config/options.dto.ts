import { IsIn, IsString } from 'class-validator';
import { MAX_TIMER_MS } from '../async/delay.js';
import { IsProxyUrl, IsText, IsWholeNumber, Nested, Optional } from '../validation/index.js';
import { IsCountry, IsFunction, IsFunctions, IsLogger, IsPlainPath, IsStructuredLogs } from './options.rules.js';

const MAX = Number.MAX_SAFE_INTEGER;

export class HttpOptionsDto {
  @Optional()
  @IsWholeNumber(1, MAX_TIMER_MS)
  timeoutMs?: number;

  @Optional()
  @IsWholeNumber(1, MAX)
  maxSockets?: number;

  @Optional()
  @IsProxyUrl()
  @IsText()
  proxy?: string;

  @Optional()
  @IsWholeNumber(0, MAX_TIMER_MS)
  closeTimeoutMs?: number;
}

export class RetryOptionsDto {
  @Optional()
  @IsWholeNumber(1, MAX)
  attempts?: number;

  @Optional()
  @IsWholeNumber(0, MAX_TIMER_MS)
  baseDelayMs?: number;

  @Optional()
  @IsWholeNumber(0, MAX_TIMER_MS)
  maxDelayMs?: number;

  @Optional()
  @IsIn(['report', 'resend'])
  unknownOutcome?: 'report' | 'resend';

  @Optional()
  @IsWholeNumber(1, MAX_TIMER_MS)
  longestRestMs?: number;
}

export class BreakerOptionsDto {
  @Optional()
  @IsWholeNumber(1, MAX)
  failures?: number;

  @Optional()
  @IsWholeNumber(1, MAX_TIMER_MS)
  coolDownMs?: number;
}

export class LimitsDto {
  @Optional()
  @IsWholeNumber(1, MAX)
  buttons?: number;

  @Optional()
  @IsWholeNumber(1, MAX)
  buttonTitle?: number;

  @Optional()
  @IsWholeNumber(1, MAX)
  buttonId?: number;

  @Optional()
  @IsWholeNumber(1, MAX)
  body?: number;

  @Optional()
  @IsWholeNumber(1, MAX)
  header?: number;

  @Optional()
  @IsWholeNumber(1, MAX)
  footer?: number;

  @Optional()
  @IsIn(['reject', 'allow'])
  mixedButtons?: 'reject' | 'allow';
}

export class WebhookOptionsDto {
  @Optional()
  @IsPlainPath()
  @IsString()
  path?: string;

  @Optional()
  @IsWholeNumber(1, MAX_TIMER_MS)
  bodyTimeoutMs?: number;

  @Optional()
  @IsWholeNumber(1, MAX)
  maxPendingBytes?: number;

  @Optional()
  @IsFunctions()
  decorators?: unknown[];

  @Optional()
  @IsIn([true, false])
  answerAfterHandlers?: boolean;
}

/** All options except `accounts` and `breaker`, whose types vary. `validate-options` checks those. */
export class OptionsDto {
  @Optional()
  @IsText()
  defaultAccount?: string;

  @Optional()
  @IsCountry()
  defaultCountry?: string;

  @Optional()
  @IsFunction()
  resolveAccount?: unknown;

  @Optional()
  @IsWholeNumber(0, MAX_TIMER_MS)
  resolvedAccountTtlMs?: number;

  @Optional()
  @Nested(() => HttpOptionsDto)
  http?: HttpOptionsDto;

  @Optional()
  @Nested(() => RetryOptionsDto)
  retry?: RetryOptionsDto;

  @Optional()
  @Nested(() => LimitsDto)
  limits?: LimitsDto;

  @Optional()
  @IsWholeNumber(0, MAX)
  remember?: number;

  @Optional()
  @IsLogger()
  logger?: unknown;

  @Optional()
  @IsStructuredLogs()
  structuredLogs?: unknown;
}
