import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { type Account, isCustom } from './accounts/account.js';
import { Secret } from './accounts/secret.js';
import { ButtonMessagingConfig } from './button-messaging.config.js';
import { isGuessable } from './guessable.js';
import { isLoopback } from './loopback.js';

/** Credentials of the simulator's accounts without the prefix below. They are public in this package. */
const PUBLISHED: readonly string[] = ['70CE700000000000000000A1', 'F51A1A7EDC11E4770CE70000000000A1S'];
const PUBLISHED_BEGINNING = 'simulated-';

/** A host with non-ASCII letters. */
const PUNYCODE = /(?:^|\.)xn--/;

const MIN_SECRET_LENGTH = 8;
const MIN_SECRET_LENGTH_IN_PRODUCTION = 16;
const MIN_DISTINCT_CHARACTERS = 4;
const GUESSED_FIRST =
  /^(?:change-?me|password|passw0rd|secret|(?:my|your|webhook|verify|app|test|dev)[-_]?(?:secret|token|password)|token|test(?:ing)?|admin|example|default|(?:12345678)9?0?|qwerty(?:uiop)?|letmein)[!1]*$/i;

/** Returns recommendations for valid accounts, one sentence each, without values. */
function accountWarnings(accounts: readonly Account[], isProduction: boolean): string[] {
  return accounts.flatMap((account) => {
    if (isCustom(account)) return [];
    const ofSimulator = Object.entries(account).flatMap(([field, value]) => (hasPublished(value) ? [field] : []));
    const { hostname } = new URL(account.baseUrl);
    const isLocal = isLoopback(hostname);
    return [
      ...(ofSimulator.length > 0 && (isProduction || !isLocal) ? [published(account, ofSimulator)] : []),
      ...(isLocal && isProduction ? [local(account)] : []),
      ...(PUNYCODE.test(hostname) && isProduction ? [punycode(account)] : []),
      ...weakFields(account, isProduction).map((field) => weak(account, field)),
    ];
  });
}

function published({ name }: Account, fields: readonly string[]): string {
  return (
    `Account ${name} uses the simulator's credentials (${fields.join(', ')}). They are public, so anyone can forge ` +
    'its webhooks. Use your own credentials.'
  );
}

function local({ name }: Account): string {
  return `The baseUrl of account ${name} is a loopback address in production: messages will not reach any phone.`;
}

function punycode({ name }: Account): string {
  return (
    `The baseUrl of account ${name} has a punycode host (xn--), which can look like another host. ` +
    "Verify that it is the provider's."
  );
}

function weak({ name }: Account, field: string): string {
  return `The ${field} of account ${name} is easy to guess. Use at least ${MIN_SECRET_LENGTH_IN_PRODUCTION} random characters.`;
}

/** Returns the fields that authenticate webhooks and that users choose themselves. */
function weakFields(account: Account, isProduction: boolean): string[] {
  return ['webhookSecret', 'verifyToken'].filter((field) =>
    secretsIn(Reflect.get(account, field)).some((secret) => isWeak(secret, isProduction)),
  );
}

function isWeak(secret: string, isProduction: boolean): boolean {
  if (secret.length < MIN_SECRET_LENGTH || GUESSED_FIRST.test(secret) || new Set(secret).size < MIN_DISTINCT_CHARACTERS)
    return true;
  return isProduction && (secret.length < MIN_SECRET_LENGTH_IN_PRODUCTION || isGuessable(secret));
}

function hasPublished(value: unknown): boolean {
  return secretsIn(value).some((secret) => PUBLISHED.includes(secret) || secret.startsWith(PUBLISHED_BEGINNING));
}

function secretsIn(value: unknown): string[] {
  return [value].flat().flatMap((each) => (each instanceof Secret ? [each.reveal()] : []));
}

/** Maximum number of accounts with warnings, because each of thousands of tenants may have a weak secret. */
const warnedAccounts = 1_000;

/** Logs the warnings of configured accounts at startup, and those of resolved accounts once. */
@Injectable()
export class AccountWarnings implements OnApplicationBootstrap {
  private readonly warned = new Set<string>();
  private readonly isProduction = process.env.NODE_ENV === 'production';

  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly logger: MessagingLogger,
  ) {
    config.onResolved((account) => this.warnOnce(account));
  }

  onApplicationBootstrap(): void {
    for (const line of accountWarnings(this.config.accounts, this.isProduction)) this.logger.warn(line);
  }

  private warnOnce(account: Account): void {
    if (this.warned.has(account.name) || this.warned.size >= warnedAccounts) return;
    const lines = accountWarnings([account], this.isProduction);
    if (lines.length === 0) return;
    this.warned.add(account.name);
    for (const line of lines) this.logger.warn(line);
  }
}
