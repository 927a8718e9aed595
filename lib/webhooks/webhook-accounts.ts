import { LRUCache } from 'lru-cache';
import { AccountLookUpError } from '../config/account-look-up.error.js';
import { isAccountName } from '../config/account-name.js';
import { type Account, providerNameOf } from '../config/accounts/account.js';
import type { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { ConfigurationError, UnknownAccountError } from '../errors/setup.errors.js';
import { boundedTo } from '../message/bounded-to.js';

/** How long a name that there is not is not asked for again. A tenant may come into being under it at any time. */
const UNKNOWN_KEPT_MS = 10_000;
const UNKNOWN_KEPT = 10_000;
/** How long a stranger's request may wait for the application: providers themselves do not wait much longer. */
const LOOK_UP_WITHIN_MS = 10_000;

/** The account of a name that a stranger may have chosen; or why the application could not say. */
export type FoundAccount = { account: Account | undefined } | { trouble: string };

/** Finds the accounts that URLs name, without letting strangers ask the application again and again. */
export class WebhookAccounts {
  /** Names, and when they were asked for. */
  private readonly unknown = new LRUCache<string, number>(boundedTo(UNKNOWN_KEPT));

  constructor(private readonly config: Pick<ButtonMessagingConfig, 'account'>) {}

  async find(provider: string, name: string): Promise<FoundAccount> {
    if (!isAccountName(name) || this.isKnownUnknown(name)) return { account: undefined };
    try {
      const account = await inTime(this.config.account(name));
      if (account === 'late') return { trouble: `resolveAccount did not answer within ${LOOK_UP_WITHIN_MS} ms` };
      return { account: providerNameOf(account) === provider ? account : undefined };
    } catch (error) {
      if (error instanceof AccountLookUpError) return { trouble: `resolveAccount failed (${error.thrown})` };
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
    return askedAt !== undefined && performance.now() - askedAt < UNKNOWN_KEPT_MS;
  }
}

async function inTime(lookUp: Promise<Account>): Promise<Account | 'late'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), LOOK_UP_WITHIN_MS);
  });
  try {
    return await Promise.race([lookUp, late]);
  } finally {
    clearTimeout(timer);
  }
}
