import type { BodyCheck } from '../checks/body-check.js';
import type { SimulatedAccount } from '../simulated-account.interface.js';

/** How to create and change a provider's accounts. */
export interface AccountForm<A extends SimulatedAccount> {
  /** The account that exists from the start. */
  readonly first: A;
  /** Creates an account with unique credentials. */
  made(name: string): A;
  /** Returns the account with the given credentials. */
  read(given: BodyCheck, account: A): A;
  /** Checks if requests of the two accounts cannot be distinguished. */
  clash(one: A, other: A): boolean;
}

/** Returns a given credential, or the account's own. An empty one is an issue. */
export function credential(given: BodyCheck, name: string, own: string): string {
  const value = given.optionalText(name);
  if (value === '') given.addIssue(name, 'missing', 'must not be empty');
  return value ?? own;
}
