import { BodyCheck } from '../checks/body-check.js';
import type { JsonObject } from '../json.js';
import type { SimulatedAccount } from '../simulated-account.interface.js';
import type { AccountForm } from './account-form.interface.js';

/** The accounts of one provider, oldest first. */
export class AccountStore<A extends SimulatedAccount> {
  private readonly byName = new Map<string, A>();

  constructor(private readonly form: AccountForm<A>) {
    this.byName.set(form.first.name, form.first);
  }

  list(): A[] {
    return [...this.byName.values()].map((account) => ({ ...account }));
  }

  find(fits: (account: A) => boolean): A | undefined {
    return [...this.byName.values()].find(fits);
  }

  named(name: string): A | undefined {
    return this.byName.get(name);
  }

  /** Returns an account. @throws Error if it does not exist. */
  get(name: string): A {
    const account = this.byName.get(name);
    if (!account) throw new Error(`The simulator has no ${this.form.first.provider} account named "${name}"`);
    return account;
  }

  /** Adds an account. @throws TypeError if a credential is not a string, or belongs to another account. */
  add(name: string, given: JsonObject): A {
    return this.keep(this.read(given, this.form.made(name)));
  }

  /** Changes an account. @throws TypeError, Error like `add()` and `get()`. */
  change(name: string, given: JsonObject): A {
    return this.keep(this.read(given, this.get(name)));
  }

  remove(name: string): boolean {
    return this.byName.delete(name);
  }

  private read(given: JsonObject, account: A): A {
    const check = new BodyCheck(given);
    const read = this.form.read(check, account);
    const [issue] = check.issues;
    if (issue) throw new TypeError(`The account "${account.name}" is invalid: ${issue.message}`);
    const other = this.find((known) => known.name !== account.name && this.form.clash(known, read));
    if (other) throw new TypeError(`The account "${other.name}" already has these credentials. Choose others`);
    return read;
  }

  private keep(account: A): A {
    this.byName.set(account.name, account);
    return { ...account };
  }
}
