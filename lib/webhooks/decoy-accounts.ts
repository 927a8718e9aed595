import { randomBytes } from 'node:crypto';
import type { Account } from '../config/accounts/account.js';
import { ACCOUNT_DEFINITIONS, createAccount } from '../config/accounts/account-definitions.js';

/** Creates an account with random secrets for each provider. */
export function decoyAccounts(): ReadonlyMap<string, Account> {
  const secret = () => randomBytes(32).toString('hex');
  return new Map(ACCOUNT_DEFINITIONS.map(({ provider, decoy }) => [provider, createAccount(decoy('decoy', secret))]));
}
