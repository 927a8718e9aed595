import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { AccountLookUpError } from '../config/account-look-up.error.js';
import { isAccountName } from '../config/account-name.js';
import { type Account, providerNameOf } from '../config/accounts/account.js';
import { ACCOUNT_DEFINITIONS, createAccount } from '../config/accounts/account-definitions.js';
import type { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { ConfigurationError, UnknownAccountError } from '../errors/setup.errors.js';
import { boundedTo } from '../message/bounded-to.js';

/** How long unknown names are cached, in milliseconds. A tenant with that name may be created at any time. */
const UNKNOWN_TTL_MS = 10_000;
const MAX_UNKNOWN = 10_000;

/** The account of an unauthenticated name, or the reason why the application could not look it up. */
export type FoundAccount = { account: Account | undefined } | { failure: string };

/** Finds the accounts in webhook URLs, and caches unknown names. */
export class WebhookAccounts {
  /** Unknown names, and when they were looked up. */
  private readonly unknown = new LRUCache<string, number>(boundedTo(MAX_UNKNOWN));

  constructor(private readonly config: Pick<ButtonMessagingConfig, 'account'>) {}

  async find(provider: string, name: string): Promise<FoundAccount> {
    if (!isAccountName(name) || this.isCachedAsUnknown(name)) return { account: undefined };
    try {
      const account = await this.config.account(name);
      return { account: providerNameOf(account) === provider ? account : undefined };
    } catch (error) {
      if (error instanceof AccountLookUpError) return { failure: `resolveAccount ${error.trouble}` };
      if (error instanceof ConfigurationError) {
        return { failure: error.issues.map(({ message }) => message).join('; ') };
      }
      if (!(error instanceof UnknownAccountError)) throw error;
      this.unknown.set(name, performance.now());
      return { account: undefined };
    }
  }

  private isCachedAsUnknown(name: string): boolean {
    const lookedUpAt = this.unknown.get(name);
    return lookedUpAt !== undefined && performance.now() - lookedUpAt < UNKNOWN_TTL_MS;
  }
}

/** Creates an account with random secrets for each provider. */
export function decoyAccounts(): ReadonlyMap<string, Account> {
  const secret = () => randomBytes(32).toString('hex');
  return new Map(ACCOUNT_DEFINITIONS.map(({ provider, decoy }) => [provider, createAccount(decoy('decoy', secret))]));
}
