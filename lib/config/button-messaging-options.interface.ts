import type { LoggerService, Provider } from '@nestjs/common';
import type { MessageLimits } from '../message/limits.js';
import type { AccountOptions } from './accounts/account-options.interface.js';

/** How requests go out. */
export interface HttpOptions {
  /** How long one attempt may take, connecting included, in milliseconds. Default: 15,000. */
  timeoutMs?: number;
  /** Connections to one host at a time. Default: 64. */
  maxSockets?: number;
  /** The address of a proxy. Default: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` of the environment. */
  proxy?: string;
  /** How long `app.close()` waits for sends in flight, in milliseconds. Default: 10,000. */
  closeTimeoutMs?: number;
}

/** When a send is tried again. Only what is known not to be sent is, unless `unknownOutcome` says otherwise. */
export interface RetryOptions {
  /** Requests in all, the first included. Default: 3. */
  attempts?: number;
  /** The longest first wait, in milliseconds; it doubles with each attempt. Default: 250. */
  baseDelayMs?: number;
  /** The longest wait of all, in milliseconds. Default: 10,000. */
  maxDelayMs?: number;
  /** `resend` sends again although the message may be on its way: at least once instead of at most once. */
  unknownOutcome?: 'report' | 'resend';
  /**
   * The longest time for which an account is left alone, in milliseconds, whatever its provider asks for and however
   * often it has refused.
   *
   * @default 3_600_000
   */
  longestRestMs?: number;
}

/** When an account that does not answer, or whose owner has to act, is left alone for a while. */
export interface BreakerOptions {
  /**
   * Failures in a row after which requests are refused at once. Failures are missing answers, and refusals of whatever
   * the account sends: credentials, payment, restriction, number set-up. Default: 5.
   */
  failures?: number;
  /**
   * How long, in milliseconds; then one request is let through to try. After refusals the rest doubles each time, up to
   * `retry.longestRestMs`. Default: 10,000.
   */
  coolDownMs?: number;
}

/** Where webhooks are received. */
export interface WebhookOptions {
  /**
   * The first part of the path: letters, digits, `-`, `_`, `.`, `~` and `/`, no parameters and no wildcards.
   *
   * @default 'webhooks'
   */
  path?: string;
  /**
   * How long the body of a webhook may take to arrive, in milliseconds. After that it is answered 408.
   *
   * @default 10_000
   */
  bodyTimeoutMs?: number;
  /**
   * The most bytes that the bodies which are being read may hold together. What goes beyond is answered 503, so that
   * the provider sends it again. One body has at most 3 MiB.
   *
   * @default 67_108_864
   */
  maxPendingBytes?: number;
  /**
   * Decorators for the controller, as the one by which your global guards know public routes. The endpoints verify
   * every request themselves.
   */
  decorators?: ClassDecorator[];
  /**
   * Answers a webhook only when the handlers of its events have run, after 20 seconds at the latest. For functions that
   * are frozen once they have answered, as AWS Lambda's. The status stays 200, whatever the handlers do.
   *
   * @default false
   */
  answerAfterHandlers?: boolean;
}

/** The options that a factory may return. What shapes the module itself stands in `ButtonMessagingModuleExtras`. */
export interface ButtonMessagingOptions {
  /** Left out together with `resolveAccount`: the accounts come from the environment. */
  accounts?: AccountOptions[];
  /** The account of calls that name none, where there are several. */
  defaultAccount?: string;
  /**
   * The country of phone numbers without country code, as two capital letters: `BR`. Without it such numbers are
   * refused, unless they begin with `+` or are unambiguous as they stand.
   *
   * @default undefined
   */
  defaultCountry?: string;
  /** Finds accounts that are kept elsewhere, as those of tenants. Asked for names that `accounts` does not have. */
  resolveAccount?: (name: string) => AccountOptions | undefined | Promise<AccountOptions | undefined>;
  /** How long a found account is kept, in milliseconds. Default: 60,000. */
  resolvedAccountTtlMs?: number;
  /** How requests go out. */
  http?: HttpOptions;
  /** When a send is tried again. */
  retry?: RetryOptions;
  /** When an account that does not answer, or is refused whatever it sends, is left alone; `false` for never. */
  breaker?: BreakerOptions | false;
  /** Changes WhatsApp's limits for Z-API. Chatvolt and the Cloud API enforce their own. */
  limits?: Partial<MessageLimits>;
  /** How many sent messages are kept for matching replies to them. Default: 20,000. */
  remember?: number;
  /** `false` for silence, or a logger of your own. Default: Nest's. */
  logger?: boolean | LoggerService;
  /**
   * Hands the logger an object in place of a line: the text under `messageKey`, beside it fields such as `account`,
   * `provider`, `code`, `outcome`, `messageId`. For loggers that write JSON: nestjs-pino (`messageKey: 'msg'`),
   * nest-winston, Nest's own with `json: true`. `true` stands for `messageKey: 'message'`.
   *
   * @default false
   */
  structuredLogs?: boolean | { messageKey?: string };
}

/** What shapes the module: it stands beside `useFactory`, never in its result. */
export interface ButtonMessagingModuleExtras {
  /** Whether every module of the application sees the services. Default: false. */
  isGlobal?: boolean;
  /**
   * Mounts the webhook endpoints. Default: none, and a warning at start-up where there are handlers all the same; `false`
   * says that none is meant to be.
   */
  webhooks?: WebhookOptions | false | undefined;
  /** Providers of your own, as stores, that take the place of the module's. */
  extraProviders?: Provider[];
}

/** Everything that `forRoot` takes. */
export type ButtonMessagingModuleOptions = ButtonMessagingOptions & ButtonMessagingModuleExtras;

/** What `useClass` and `useExisting` name. */
export interface ButtonMessagingOptionsFactory {
  /** The options; it may look them up elsewhere. */
  createButtonMessagingOptions(): ButtonMessagingOptions | Promise<ButtonMessagingOptions>;
}
