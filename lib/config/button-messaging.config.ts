import { type CountryCode, isSupportedCountry } from 'libphonenumber-js/max';
import { LRUCache } from 'lru-cache';
import { inTime, LATE } from '../async/delay.js';
import { errorName } from '../errors/error-name.js';
import { ConfigurationError, UnknownAccountError } from '../errors/setup.errors.js';
import { boundedTo } from '../message/bounded-to.js';
import { type MessageLimits, WHATSAPP_LIMITS } from '../message/limits.js';
import { quoted } from '../telemetry/one-line.js';
import type { DtoValidator } from '../validation/index.js';
import { AccountLookUpError } from './account-look-up.error.js';
import { isAccountName } from './account-name.js';
import { type Account, type AccountOf, isAccountOf } from './accounts/account.js';
import { createAccount } from './accounts/account-definitions.js';
import type { AccountOptions, ProviderName } from './accounts/account-options.interface.js';
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
/**
 * Timeout of `resolveAccount`, whose promise may never settle. Providers do not wait much longer for the response to a
 * webhook.
 */
const LOOKUP_TIMEOUT_MS = 10_000;

/**
 * The validated and frozen configuration with sealed secrets.
 *
 *
 * @example
 * constructor(private readonly config: ButtonMessagingConfig) {}
 *
 * names(): string[] {
 *   return this.config.accounts.map((account) => account.name);
 * }
 *
 * @publicApi
 */
export class ButtonMessagingConfig {
  /** The accounts of the options or of the environment, without those that `resolveAccount` returns. */
  readonly accounts: readonly Account[];
  readonly defaultAccount: string | undefined;
  /** The country of phone numbers without country code. */
  readonly defaultCountry: CountryCode | undefined;
  readonly http: Readonly<Required<Omit<HttpOptions, 'proxy'>> & { proxy?: Secret }>;
  readonly retry: Readonly<Required<RetryOptions>>;
  readonly breaker: Readonly<Required<BreakerOptions>> | false;
  readonly limits: Readonly<MessageLimits>;
  readonly remember: number;
  readonly logger: NonNullable<ButtonMessagingOptions['logger']>;
  /** The format of structured log lines, if enabled. */
  readonly structuredLogs: Readonly<{ messageKey: string }> | false;

  readonly #byName: ReadonlyMap<string, Account>;
  readonly #only: Account | undefined;
  readonly #resolve: ButtonMessagingOptions['resolveAccount'];
  readonly #resolved: LRUCache<string, Promise<Account>> | undefined;
  readonly #validator: DtoValidator;
  #onResolved: (account: Account) => void = () => undefined;

  /** @throws ConfigurationError with every issue. Values are never included. */
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
    this.#resolved = ttl > 0 ? new LRUCache({ ...boundedTo(MAX_RESOLVED_ACCOUNTS), ttl }) : undefined;
    this.#validator = validator;
    Object.freeze(this);
  }

  /**
   * Returns an account by its name, or else the default account or the only one.
   *
   * @throws UnknownAccountError if there is none, or if several are configured without a default.
   * @throws ConfigurationError if `resolveAccount` returns invalid options.
   * @throws ProviderUnavailableError if `resolveAccount` throws, or does not return within 10 seconds.
   */
  async account(name?: string): Promise<Account> {
    const wanted = name ?? this.defaultAccount;
    if (wanted !== undefined) return this.#byName.get(wanted) ?? this.#find(wanted);
    if (this.#only) return this.#only;
    throw this.#unknown('No account was named and there is no default: pass options.account or set defaultAccount');
  }

  /** Returns the same account as `account()` if no lookup is needed. @internal */
  findConfiguredAccount(name: string | undefined): Account | undefined {
    const wanted = name ?? this.defaultAccount;
    return wanted === undefined ? this.#only : this.#byName.get(wanted);
  }

  /** Registers a function for every account that `resolveAccount` returns. @internal */
  onResolved(listener: (account: Account) => void): void {
    this.#onResolved = listener;
  }

  /**
   * Returns an account of a provider by its name, or else the default account or the only one of that provider.
   *
   * @throws UnknownAccountError if there is none, or if several could be meant.
   */
  async accountOf<P extends ProviderName>(provider: P, name?: string): Promise<AccountOf<P>> {
    if (name !== undefined) {
      const account = await this.account(name);
      if (isAccountOf(account, provider)) return account;
      throw this.#unknown(`Account ${quoted(name)} does not belong to provider ${provider}`, name);
    }
    if (this.defaultAccount !== undefined) {
      const account = await this.account();
      if (isAccountOf(account, provider)) return account;
    }
    const [only, ...others] = this.accounts.flatMap((account) => (isAccountOf(account, provider) ? [account] : []));
    if (only && others.length === 0) return only;
    throw this.#unknown(
      `No account was named and provider ${provider} does not have exactly one: pass options.account`,
    );
  }

  async #find(name: string): Promise<Account> {
    const known = this.#resolved?.get(name);
    if (known) return known;
    const found = this.#ask(name);
    this.#resolved?.set(name, found);
    found.catch(() => this.#resolved?.delete(name));
    return found;
  }

  async #ask(name: string): Promise<Account> {
    const options = await this.#lookUp(name);
    if (options === undefined) throw this.#unknown(`Unknown account: ${quoted(String(name))}`, name);
    const issues = validateAccount(options, 'resolveAccount()', this.#validator);
    if (issues.length === 0 && options.name !== name) {
      const message = 'resolveAccount().name must be the requested name';
      issues.push({ path: 'resolveAccount().name', rule: 'isIn', message });
    }
    if (issues.length > 0) throw new ConfigurationError(issues, { account: name });
    const account = createAccount(options);
    this.#onResolved(account);
    return account;
  }

  // Errors of the application may contain anything. Nothing was sent, and a retry may succeed.
  async #lookUp(name: string): Promise<AccountOptions | undefined> {
    // No account can have such a name, and the application may not expect one.
    if (!isAccountName(name)) return undefined;
    let found: AccountOptions | undefined | typeof LATE;
    try {
      found = await inTime(LOOKUP_TIMEOUT_MS, this.#resolve?.(name));
    } catch (error) {
      const what = errorName(error);
      throw lookUpError(name, what, `failed (${what})`);
    }
    if (found === LATE) throw lookUpError(name, 'timeout', `did not return within ${LOOKUP_TIMEOUT_MS} ms`);
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
  const message = `Looking up account ${quoted(name)} failed (${why})`;
  return new AccountLookUpError(message, trouble, { account: name });
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
