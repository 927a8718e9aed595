import { IsString } from 'class-validator';
import { IsText, IsTrimmed, IsWholeNumber, Nested, Optional } from '../../validation/index.js';
import { IsAccountName, IsBaseUrl, IsHostNames, IsPositiveNumber } from '../options.rules.js';
import { Secret } from './secret.js';

/**
 * The rate limit of an account. Without a value there is no limit, unless the provider has a default.
 *
 * @see {@link https://developers.facebook.com/docs/whatsapp/cloud-api/overview}
 *
 * @publicApi
 */
export interface Pacing {
  /** Messages per second of the account. @default 80 for `whatsapp-cloud`, otherwise undefined (no limit) */
  perSecond?: number;
  /** Messages per second to one recipient. @default 1 / 6 for `whatsapp-cloud`, otherwise undefined (no limit) */
  perRecipientPerSecond?: number;
  /**
   * Number of messages that may be sent at once before a rate limit applies, to one recipient and by the account.
   *
   * @default 1, except for 45 to one recipient of `whatsapp-cloud`
   */
  burst?: number;
}

/** The rate limit of an account with its provider's defaults. `undefined` means no limit. @publicApi */
export interface AccountPacing {
  readonly perSecond?: number | undefined;
  readonly perRecipientPerSecond?: number | undefined;
  /** Number of messages that may be sent to one recipient at once. */
  readonly burst: number;
  /** Number of messages that the account may send at once. */
  readonly accountBurst: number;
}

/** Fields of every account. */
export interface AccountBase {
  readonly provider: string;
  readonly name: string;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** More hosts of files, in lower case. */
  readonly mediaHosts?: readonly string[];
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

/** Rules of every account. */
export class NamedAccountDto {
  @IsAccountName()
  @IsTrimmed()
  @IsText()
  name!: string;

  @Optional()
  @Nested(() => PacingDto)
  pacing?: PacingDto;
}

/** Rules of every account of a built-in provider. */
export abstract class AccountBaseDto extends NamedAccountDto {
  @IsString()
  provider!: string;

  @Optional()
  @IsBaseUrl()
  baseUrl?: string;

  @Optional()
  @IsHostNames()
  mediaHosts?: string[];
}

interface BaseOptions<P extends string> {
  provider: P;
  name: string;
  baseUrl?: string;
  mediaHosts?: string[];
  pacing?: Pacing;
}

export const NO_PACING: AccountPacing = { burst: 1, accountBurst: 1 };

export function wrapSecrets(secrets: string | string[] | undefined): readonly Secret[] {
  const list = secrets === undefined ? [] : [secrets].flat();
  return Object.freeze(list.map((secret) => new Secret(secret)));
}

export function pacingOf(given: Pacing | undefined, defaults: AccountPacing): AccountPacing {
  return Object.freeze({ ...defaults, ...given, accountBurst: given?.burst ?? defaults.accountBurst });
}

/** Returns the fields of an account that every built-in provider has. */
export function accountBase<P extends string>(
  { provider, name, baseUrl, mediaHosts, pacing }: BaseOptions<P>,
  defaultUrl: string,
  defaultPacing = NO_PACING,
) {
  const url = (baseUrl ?? defaultUrl).replace(/\/+$/, '');
  return {
    provider,
    name,
    baseUrl: url,
    ...(mediaHosts && { mediaHosts: Object.freeze(mediaHosts.map((host) => host.toLowerCase())) }),
    pacing: pacingOf(pacing, defaultPacing),
  };
}
