import { BodyCheck } from '../checks/body-check.js';
import type { JsonObject } from '../json.js';
import type { SimulatedAccount } from '../simulated-account.interface.js';

/** The accounts of one provider, oldest first. */
export class AccountStore<A extends SimulatedAccount> {
  private readonly byName = new Map<string, A>();

  /**
   * @param first The account that exists from the start.
   * @param identity The credential that distinguishes the requests of two accounts.
   * @param generated Returns new unique credentials: all that an account has.
   */
  constructor(
    private readonly first: A,
    private readonly identity: keyof A,
    private readonly generated: () => Partial<A>,
  ) {
    this.byName.set(first.name, first);
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
    if (!account) throw new Error(`The simulator has no ${this.first.provider} account named "${name}"`);
    return account;
  }

  /** Adds an account. @throws TypeError if a credential is not a string, or belongs to another account. */
  add(name: string, given: JsonObject): A {
    return this.keep({ ...this.first, name, ...this.generated() }, given);
  }

  /** Changes an account. @throws TypeError, Error like `add()` and `get()`. */
  change(name: string, given: JsonObject): A {
    return this.keep(this.get(name), given);
  }

  remove(name: string): boolean {
    return this.byName.delete(name);
  }

  private keep(before: A, given: JsonObject): A {
    const account: A = { ...before, ...this.credentials(before.name, given) };
    const other = this.find((known) => known.name !== account.name && known[this.identity] === account[this.identity]);
    if (other) throw new TypeError(`The account "${other.name}" already has these credentials. Choose others`);
    this.byName.set(account.name, account);
    return { ...account };
  }

  private credentials(name: string, given: JsonObject): Record<string, string> {
    const check = new BodyCheck(given);
    const names = Object.keys(this.generated());
    check.only(...names);
    const credentials: Record<string, string> = {};
    for (const credential of names) {
      const value = check.optionalText(credential);
      if (value === '') check.addIssue(credential, 'missing', 'must not be empty');
      if (value !== undefined) credentials[credential] = value;
    }
    const [issue] = check.issues;
    if (issue) throw new TypeError(`The account "${name}" is invalid: ${issue.message}`);
    return credentials;
  }
}
