import { LRUCache } from 'lru-cache';
import { AccountLookUpError } from '../config/account-look-up.error.js';
import { isAccountName } from '../config/account-name.js';
import { type Account, providerNameOf } from '../config/accounts/account.js';
import type { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { ConfigurationError, UnknownAccountError } from '../errors/setup.errors.js';
import { boundedTo } from '../message/bounded-to.js';

/** How long a name that there is not is not asked for again. A tenant may come into being under it at any time. */
const UNKNOWN_TTL_MS = 10_000;
const MAX_UNKNOWN = 10_000;

/** The account of a name that a stranger may have chosen; or why the application could not say. */
export type FoundAccount = { account: Account | undefined } | { trouble: string };

/** Finds the accounts that URLs name, without letting strangers ask the application again and again. */
export class WebhookAccounts {
  /** Names, and when they were asked for. */
  private readonly unknown = new LRUCache<string, number>(boundedTo(MAX_UNKNOWN));

  constructor(private readonly config: Pick<ButtonMessagingConfig, 'account'>) {}

  async find(provider: string, name: string): Promise<FoundAccount> {
    if (!isAccountName(name) || this.isKnownUnknown(name)) return { account: undefined };
    try {
      const account = await this.config.account(name);
      return { account: providerNameOf(account) === provider ? account : undefined };
    } catch (error) {
      if (error instanceof AccountLookUpError) return { trouble: `resolveAccount ${error.trouble}` };
      if (error instanceof ConfigurationError) {
        return { trouble: error.issues.map(({ message }) => message).join('; ') };
      }
      if (!(error instanceof UnknownAccountError)) throw error;
      this.unknown.set(name, performance.now());
      return { account: undefined };
    }
  }

  private isKnownUnknown(name: string): boolean {
    const askedAt = this.unknown.get(name);
    return askedAt !== undefined && performance.now() - askedAt < UNKNOWN_TTL_MS;
  }
}
