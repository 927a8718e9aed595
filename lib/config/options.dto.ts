import { IsIn, IsString } from 'class-validator';
import { MAX_TIMER_MS } from '../async/delay.js';
import { IsProxyUrl, IsText, IsWholeNumber, MayBeOmitted, Nested } from '../validation/index.js';
import { IsCountry, IsFunction, IsFunctions, IsLogger, IsPlainPath, IsStructuredLogs } from './options.rules.js';

const MOST = Number.MAX_SAFE_INTEGER;

export class HttpOptionsDto {
  @MayBeOmitted()
  @IsWholeNumber(1, MAX_TIMER_MS)
  timeoutMs?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  maxSockets?: number;

  @MayBeOmitted()
  @IsProxyUrl()
  @IsText()
  proxy?: string;

  @MayBeOmitted()
  @IsWholeNumber(0, MAX_TIMER_MS)
  closeTimeoutMs?: number;
}

export class RetryOptionsDto {
  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  attempts?: number;

  @MayBeOmitted()
  @IsWholeNumber(0, MAX_TIMER_MS)
  baseDelayMs?: number;

  @MayBeOmitted()
  @IsWholeNumber(0, MAX_TIMER_MS)
  maxDelayMs?: number;

  @MayBeOmitted()
  @IsIn(['report', 'resend'])
  unknownOutcome?: 'report' | 'resend';

  @MayBeOmitted()
  @IsWholeNumber(1, MAX_TIMER_MS)
  longestRestMs?: number;
}

export class BreakerOptionsDto {
  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  failures?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MAX_TIMER_MS)
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

export class WebhookOptionsDto {
  @MayBeOmitted()
  @IsPlainPath()
  @IsString()
  path?: string;

  @MayBeOmitted()
  @IsWholeNumber(1, MAX_TIMER_MS)
  bodyTimeoutMs?: number;

  @MayBeOmitted()
  @IsWholeNumber(1, MOST)
  maxPendingBytes?: number;

  @MayBeOmitted()
  @IsFunctions()
  decorators?: unknown[];

  @MayBeOmitted()
  @IsIn([true, false])
  answerAfterHandlers?: boolean;
}

/** Everything but `accounts` and `breaker`, whose forms vary; `check-options` looks at those. */
export class OptionsDto {
  @MayBeOmitted()
  @IsText()
  defaultAccount?: string;

  @MayBeOmitted()
  @IsCountry()
  defaultCountry?: string;

  @MayBeOmitted()
  @IsFunction()
  resolveAccount?: unknown;

  @MayBeOmitted()
  @IsWholeNumber(0, MAX_TIMER_MS)
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
  @IsLogger()
  logger?: unknown;

  @MayBeOmitted()
  @IsStructuredLogs()
  structuredLogs?: unknown;
}
