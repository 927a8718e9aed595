import type { BodyCheck } from '../checks/body-check.js';
import type { SimulatedAccount } from '../simulated-account.interface.js';

/** What one provider's accounts are made of. */
export interface AccountForm<A extends SimulatedAccount> {
  /** The account that is there from the start. */
  readonly first: A;
  /** A new account of this name, with credentials that no other has. */
  made(name: string): A;
  /** The account with what was given in place of its own. */
  read(given: BodyCheck, account: A): A;
  /** Whether the two cannot be told apart by their requests. */
  clash(one: A, other: A): boolean;
}

/** A credential as given, or the account's own; an empty one is a fault. */
export function credential(given: BodyCheck, name: string, own: string): string {
  const value = given.optionalText(name);
  if (value === '') given.refuse(name, 'missing', 'must not be empty');
  return value ?? own;
}
