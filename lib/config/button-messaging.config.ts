import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import { LRUCache } from 'lru-cache';
import { delay } from '../async/delay.js';
import { errorName } from '../errors/error-name.js';
import { ConfigurationError, UnknownAccountError } from '../errors/setup.errors.js';
import { boundedTo } from '../message/bounded-to.js';
import { type MessageLimits, WHATSAPP_LIMITS } from '../message/limits.js';
import { quoted } from '../telemetry/one-line.js';
import type { DtoValidator } from '../validation/index.js';
import { AccountLookUpError } from './account-look-up.error.js';
import { isAccountName } from './account-name.js';
import { type Account, type AccountOf, isAccountOf } from './accounts/account.js';
import type { AccountOptions, ProviderName } from './accounts/account-options.interface.js';
import { createAccount } from './accounts/create-account.js';
import { Secret } from './accounts/secret.js';
import type {
  BreakerOptions,
  ButtonMessagingOptions,
  HttpOptions,
  RetryOptions,
} from './button-messaging-options.interface.js';
import { runtimeIssues } from './check-runtime.js';
import { optionsFromEnvironment } from './environment-options.js';
import { validateAccount, validateOptions } from './validate-options.js';

const MAX_RESOLVED_ACCOUNTS = 10_000;
/** How long the application may take to find an account. Providers do not wait much longer for the answer to a webhook. */
const LOOKUP_TIMEOUT_MS = 10_000;
const LATE = Symbol('late');

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
  /** The country in which phone numbers without country code are read. */
  readonly defaultCountry: CountryCode | undefined;
  readonly http: Readonly<Required<Omit<HttpOptions, 'proxy'>> & { proxy?: Secret }>;
  readonly retry: Readonly<Required<RetryOptions>>;
  readonly breaker: Readonly<Required<BreakerOptions>> | false;
  readonly limits: Readonly<MessageLimits>;
  readonly remember: number;
  readonly logger: NonNullable<ButtonMessagingOptions['logger']>;
  /** How a log line becomes an object, if it does. */
  readonly structuredLogs: Readonly<{ messageKey: string }> | false;

  readonly #byName: ReadonlyMap<string, Account>;
  readonly #only: Account | undefined;
  readonly #resolve: ButtonMessagingOptions['resolveAccount'];
  readonly #resolved: LRUCache<string, Promise<Account>>;
  readonly #keepResolved: boolean;
  readonly #validator: DtoValidator;
  #onResolved: (account: Account) => void = () => undefined;

  /** @throws ConfigurationError with every fault, each by its path and none by its value. */
  constructor(given: ButtonMessagingOptions, validator: DtoValidator, webhooks?: unknown, environment = process.env) {
    const issues = [...runtimeIssues(process.versions), ...validateOptions(given, webhooks, validator)];
    if (issues.length > 0) throw new ConfigurationError(issues);
    const fromEnvironment = given.accounts === undefined && given.resolveAccount === undefined;
    const options = fromEnvironment ? optionsFromEnvironment(given, environment, validator) : given;
    this.accounts = Object.freeze((options.accounts ?? []).map(createAccount));
    this.defaultAccount = options.defaultAccount;
    this.defaultCountry = countryOf(options.defaultCountry);
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
      longestRestMs: 3_600_000,
      ...options.retry,
    });
    this.breaker = options.breaker !== false && Object.freeze({ failures: 5, coolDownMs: 10_000, ...options.breaker });
    this.limits = Object.freeze({ ...WHATSAPP_LIMITS, ...options.limits });
    this.remember = options.remember ?? 20_000;
    this.logger = options.logger ?? true;
    this.structuredLogs = structuredLogsOf(options.structuredLogs);
    this.#byName = new Map(this.accounts.map((account) => [account.name, account]));
    this.#only = this.accounts.length === 1 ? this.accounts[0] : undefined;
    this.#resolve = options.resolveAccount;
    const ttl = options.resolvedAccountTtlMs ?? 60_000;
    this.#keepResolved = ttl > 0;
    this.#resolved = new LRUCache({ ...boundedTo(MAX_RESOLVED_ACCOUNTS), ttl: Math.max(ttl, 1) });
    this.#validator = validator;
    Object.freeze(this);
  }

  /**
   * The account of that name; without a name the default account, or the only one.
   *
   * @throws UnknownAccountError where there is none, or where several could be meant.
   * @throws ProviderUnavailableError where `resolveAccount` throws, or does not answer within 10 seconds.
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
  findConfiguredAccount(name: string | undefined): Account | undefined {
    const wanted = name ?? this.defaultAccount;
    return wanted === undefined ? this.#only : this.#byName.get(wanted);
  }

  /**
   * Tells of every account that `resolveAccount` gives.
   *
   * @internal
   */
  onResolved(tell: (account: Account) => void): void {
    this.#onResolved = tell;
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
      throw this.#unknown(`The account ${quoted(name)} is not of the provider ${provider}`, name);
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
    if (options === undefined) throw this.#unknown(`There is no account ${quoted(String(name))}`, name);
    const issues = validateAccount(options, 'resolveAccount()', this.#validator);
    if (issues.length === 0 && options.name !== name) {
      const message = 'resolveAccount().name must be the name that was asked for';
      issues.push({ path: 'resolveAccount().name', rule: 'isIn', message });
    }
    if (issues.length > 0) throw new ConfigurationError(issues, { account: name });
    const account = createAccount(options);
    this.#onResolved(account);
    return account;
  }

  // What the application's own code throws may hold anything; nothing was sent, and the next time may do better.
  async #lookUp(name: string): Promise<AccountOptions | undefined> {
    // No account can have such a name, and whoever looks it up may not expect one.
    if (!isAccountName(name)) return undefined;
    let found: AccountOptions | undefined | typeof LATE;
    try {
      found = await inTime(this.#resolve?.(name));
    } catch (error) {
      const what = errorName(error);
      throw lookUpError(name, what, `failed (${what})`);
    }
    if (found === LATE) throw lookUpError(name, 'no answer', `did not answer within ${LOOKUP_TIMEOUT_MS} ms`);
    return found;
  }

  #unknown(message: string, asked?: string): UnknownAccountError {
    return new UnknownAccountError(
      `${message}.`,
      this.accounts.map((account) => account.name),
      { account: asked },
    );
  }
}

function lookUpError(name: string, why: string, trouble: string): AccountLookUpError {
  const message = `The account ${quoted(name)} could not be looked up (${why})`;
  return new AccountLookUpError(message, trouble, { account: name });
}

/** What the application gives, or that it is late: what it waits for may never come. */
async function inTime<Found>(found: Found | PromiseLike<Found>): Promise<Found | typeof LATE> {
  const isOver = new AbortController();
  try {
    return await Promise.race([found, delay(LOOKUP_TIMEOUT_MS, isOver.signal).then((): typeof LATE => LATE)]);
  } finally {
    isOver.abort();
  }
}

function countryOf(country: string | undefined): CountryCode | undefined {
  return country !== undefined && isSupportedCountry(country) ? country : undefined;
}

function structuredLogsOf(
  given: ButtonMessagingOptions['structuredLogs'] = false,
): ButtonMessagingConfig['structuredLogs'] {
  if (given === false) return false;
  const { messageKey = 'message' } = given === true ? {} : given;
  return Object.freeze({ messageKey });
}
