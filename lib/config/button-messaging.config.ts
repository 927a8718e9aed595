import { LRUCache } from 'lru-cache';
import { ProviderUnavailableError } from '../errors/provider.errors.js';
import { ConfigurationError, UnknownAccountError } from '../errors/setup.errors.js';
import { type MessageLimits, WHATSAPP_LIMITS } from '../message/limits.js';
import type { DtoValidator } from '../validation/index.js';
import { type Account, type AccountOf, isAccountOf } from './account.js';
import type { AccountOptions, ProviderName } from './account-options.interface.js';
import type {
  BreakerOptions,
  ButtonMessagingOptions,
  HttpOptions,
  RetryOptions,
} from './button-messaging-options.interface.js';
import { checkAccount, checkOptions } from './check-options.js';
import { optionsFromEnvironment } from './options-from-environment.js';
import { sealAccount } from './seal-account.js';
import { Secret } from './secret.js';

const RESOLVED_ACCOUNTS_KEPT = 10_000;

/**
 * The configuration as it is used: checked, frozen, every secret sealed. Injectable.
 *
 * @example
 * constructor(private readonly config: ButtonMessagingConfig) {}
 *
 * names(): string[] {
 *   return this.config.accounts.map((account) => account.name);
 * }
 */
export class ButtonMessagingConfig {
  /** The accounts of the options, or of the environment; those that `resolveAccount` finds are not among them. */
  readonly accounts: readonly Account[];
  readonly defaultAccount: string | undefined;
  readonly http: Readonly<Required<Omit<HttpOptions, 'proxy'>> & { proxy?: Secret }>;
  readonly retry: Readonly<Required<RetryOptions>>;
  readonly breaker: Readonly<Required<BreakerOptions>> | false;
  readonly limits: Readonly<MessageLimits>;
  readonly remember: number;
  readonly logger: NonNullable<ButtonMessagingOptions['logger']>;

  readonly #byName: ReadonlyMap<string, Account>;
  readonly #only: Account | undefined;
  readonly #resolve: ButtonMessagingOptions['resolveAccount'];
  readonly #resolved: LRUCache<string, Promise<Account>>;
  readonly #keepResolved: boolean;
  readonly #validator: DtoValidator;

  /** @throws ConfigurationError with every fault, each by its path and none by its value. */
  constructor(given: ButtonMessagingOptions, validator: DtoValidator, webhooks?: unknown, environment = process.env) {
    const issues = checkOptions(given, webhooks, validator);
    if (issues.length > 0) throw new ConfigurationError(issues);
    const fromEnvironment = given.accounts === undefined && given.resolveAccount === undefined;
    const options = fromEnvironment ? optionsFromEnvironment(given, environment, validator) : given;
    this.accounts = Object.freeze((options.accounts ?? []).map(sealAccount));
    this.defaultAccount = options.defaultAccount;
    const { proxy, ...http } = options.http ?? {};
    this.http = Object.freeze({
      timeoutMs: 15_000,
      maxSockets: 64,
      closeTimeoutMs: 10_000,
      ...http,
      ...(proxy !== undefined && { proxy: new Secret(proxy) }),
    });
    this.retry = Object.freeze({
      attempts: 3,
      baseDelayMs: 250,
      maxDelayMs: 10_000,
      unknownOutcome: 'report',
      ...options.retry,
    });
    this.breaker = options.breaker !== false && Object.freeze({ failures: 5, coolDownMs: 10_000, ...options.breaker });
    this.limits = Object.freeze({ ...WHATSAPP_LIMITS, ...options.limits });
    this.remember = options.remember ?? 20_000;
    this.logger = options.logger ?? true;
    this.#byName = new Map(this.accounts.map((account) => [account.name, account]));
    this.#only = this.accounts.length === 1 ? this.accounts[0] : undefined;
    this.#resolve = options.resolveAccount;
    const ttl = options.resolvedAccountTtlMs ?? 60_000;
    this.#keepResolved = ttl > 0;
    this.#resolved = new LRUCache({ max: RESOLVED_ACCOUNTS_KEPT, ttl: Math.max(ttl, 1) });
    this.#validator = validator;
    Object.freeze(this);
  }

  /**
   * The account of that name; without a name the default account, or the only one.
   *
   * @throws UnknownAccountError where there is none, or where several could be meant.
   * @throws ProviderUnavailableError where `resolveAccount` throws.
   */
  async account(name?: string): Promise<Account> {
    const wanted = name ?? this.defaultAccount;
    if (wanted !== undefined) return this.#byName.get(wanted) ?? this.#find(wanted);
    if (this.#only) return this.#only;
    throw this.#unknown(
      'The call names no account, and there is no default account: give account, or set defaultAccount',
    );
  }

  /**
   * What `account` gives, where nobody need be asked for it.
   *
   * @internal
   */
  accountAtHand(name: string | undefined): Account | undefined {
    const wanted = name ?? this.defaultAccount;
    return wanted === undefined ? this.#only : this.#byName.get(wanted);
  }

  /**
   * The account of that name, which must be of that provider; without a name the default account where it is of that
   * provider, else the only account of that provider.
   *
   * @throws UnknownAccountError where there is none, or where several could be meant.
   */
  async accountOf<P extends ProviderName>(provider: P, name?: string): Promise<AccountOf<P>> {
    if (name !== undefined) {
      const account = await this.account(name);
      if (isAccountOf(account, provider)) return account;
      throw this.#unknown(`The account "${name}" is not of the provider ${provider}`);
    }
    if (this.defaultAccount !== undefined) {
      const account = await this.account();
      if (isAccountOf(account, provider)) return account;
    }
    const [only, ...others] = this.accounts.flatMap((account) => (isAccountOf(account, provider) ? [account] : []));
    if (only && others.length === 0) return only;
    throw this.#unknown(`The call names no account, and there is no single account of the provider ${provider}`);
  }

  async #find(name: string): Promise<Account> {
    const known = this.#resolved.get(name);
    if (known) return known;
    const found = this.#ask(name);
    if (this.#keepResolved) {
      this.#resolved.set(name, found);
      found.catch(() => this.#resolved.delete(name));
    }
    return found;
  }

  async #ask(name: string): Promise<Account> {
    const options = await this.#lookUp(name);
    if (options === undefined) throw this.#unknown(`There is no account "${name}"`);
    const issues = checkAccount(options, 'resolveAccount()', this.#validator);
    if (issues.length === 0 && options.name !== name) {
      const message = 'resolveAccount().name must be the name that was asked for';
      issues.push({ path: 'resolveAccount().name', rule: 'isIn', message });
    }
    if (issues.length > 0) throw new ConfigurationError(issues);
    return sealAccount(options);
  }

  // What the application's own code throws may hold anything; nothing was sent, and the next time may do better.
  async #lookUp(name: string): Promise<AccountOptions | undefined> {
    try {
      return await this.#resolve?.(name);
    } catch (error) {
      const what = error instanceof Error ? error.name : typeof error;
      throw new ProviderUnavailableError(`The account "${name}" could not be looked up (${what})`, { account: name });
    }
  }

  #unknown(message: string): UnknownAccountError {
    return new UnknownAccountError(
      `${message}.`,
      this.accounts.map((account) => account.name),
    );
  }
}
