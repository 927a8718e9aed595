import { IsString } from 'class-validator';
import { IsText, IsTrimmed, IsWholeNumber, Nested, Optional } from '../../validation/index.js';
import { IsAccountName, IsBaseUrl, IsPositiveNumber } from '../options.rules.js';
import { Secret } from './secret.js';

/** How fast an account may send. What is left out is not limited, except where a provider has a default. */
export interface Pacing {
  /** Messages a second over the whole account. Default: 80 for `whatsapp-cloud`, none for the others. */
  perSecond?: number;
  /** Messages a second to one recipient. Default: 1/6 for `whatsapp-cloud`, none for the others. */
  perRecipientPerSecond?: number;
  /**
   * Messages that may go at once before a pace holds, to one recipient and of the whole account. Default: 1; for
   * `whatsapp-cloud` 45 to one recipient.
   */
  burst?: number;
}

/** The pace of an account, its provider's defaults filled in. `undefined` is without limit. */
export interface AccountPacing {
  readonly perSecond?: number | undefined;
  readonly perRecipientPerSecond?: number | undefined;
  /** Messages that may go to one recipient at once. */
  readonly burst: number;
  /** Messages of the whole account that may go at once. */
  readonly accountBurst: number;
}

/** What every account has. */
export interface AccountBase {
  readonly provider: string;
  readonly name: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly pacing: AccountPacing;
}

class PacingDto {
  @Optional()
  @IsPositiveNumber()
  perSecond?: number;

  @Optional()
  @IsPositiveNumber()
  perRecipientPerSecond?: number;

  @Optional()
  @IsWholeNumber(1, Number.MAX_SAFE_INTEGER)
  burst?: number;
}

/** What is asked of every account. */
export abstract class NamedAccountDto {
  @IsAccountName()
  @IsTrimmed()
  @IsText()
  name!: string;

  @Optional()
  @Nested(() => PacingDto)
  pacing?: PacingDto;
}

/** What is asked of every account at a provider that is known here. */
export abstract class AccountBaseDto extends NamedAccountDto {
  @IsString()
  provider!: string;

  @Optional()
  @IsBaseUrl()
  baseUrl?: string;
}

export const NO_PACING: AccountPacing = { burst: 1, accountBurst: 1 };

export function wrapSecrets(secrets: string | string[] | undefined): readonly Secret[] {
  const list = secrets === undefined ? [] : [secrets].flat();
  return Object.freeze(list.map((secret) => new Secret(secret)));
}

export function pacingOf(given: Pacing | undefined, defaults: AccountPacing): AccountPacing {
  return Object.freeze({ ...defaults, ...given, accountBurst: given?.burst ?? defaults.accountBurst });
}

export function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
