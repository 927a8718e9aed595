import type { LoggerService, Provider } from '@nestjs/common';
import type { MessageLimits } from '../message/limits.js';
import type { AccountOptions } from './accounts/account-options.interface.js';

/** How requests are sent. @publicApi */
export interface HttpOptions {
  /** Timeout of one attempt, including the connection, in milliseconds. @default 15_000 */
  timeoutMs?: number;
  /** Maximum number of connections per host. @default 64 */
  maxSockets?: number;
  /**
   * Proxy URL: `http://user:password@host:port`.
   *
   * @default the environment variables `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, except for loopback addresses
   */
  proxy?: string;
  /** How long `app.close()` waits for sends in flight, in milliseconds. @default 10_000 */
  closeTimeoutMs?: number;
}

/** When a send is retried. By default only if it is certain that nothing was sent. @publicApi */
export interface RetryOptions {
  /** Maximum number of requests, including the first. @default 3 */
  attempts?: number;
  /**
   * Maximum delay before the second attempt, in milliseconds. It doubles with each attempt, with full jitter.
   *
   * @default 250
   */
  baseDelayMs?: number;
  /** Maximum delay before any attempt, in milliseconds. @default 10_000 */
  maxDelayMs?: number;
  /**
   * `resend` retries although the message may have been sent: at-least-once instead of at-most-once delivery.
   *
   * @default 'report'
   */
  unknownOutcome?: 'report' | 'resend';
  /**
   * Maximum cooldown of an account, in milliseconds. It limits waits that a provider requests, and the reset timeout of
   * the circuit breaker.
   *
   * @default 3_600_000
   */
  longestRestMs?: number;
}

/**
 * The circuit breaker of each account. It opens if the provider does not respond, or if it rejects every message.
 *
 * @publicApi
 */
export interface BreakerOptions {
  /**
   * Failure threshold: consecutive failures after which the circuit opens.
   *
   * Failures are missing responses, and rejections that concern the account: credentials, payment, restriction, number
   * setup.
   *
   * @default 5
   */
  failures?: number;
  /**
   * Reset timeout in milliseconds, after which one request is allowed as a test.
   *
   * After rejections it doubles each time, up to `retry.longestRestMs`.
   *
   * @default 10_000
   */
  coolDownMs?: number;
}

/** The routes that receive webhooks. @publicApi */
export interface WebhookOptions {
  /**
   * Prefix of the routes: letters, digits, `-`, `_`, `.`, `~` and `/`. Parameters and wildcards are rejected.
   *
   * @default 'webhooks'
   */
  path?: string;
  /** Timeout of a webhook's body in milliseconds. The response is then 408. @default 10_000 */
  bodyTimeoutMs?: number;
  /**
   * Maximum total size in bytes of the bodies that are being read. Others get the response 503, so that the provider
   * sends them again. One body has at most 3 MiB.
   *
   * @default 67_108_864
   */
  maxPendingBytes?: number;
  /**
   * Decorators of the controller, such as the one that marks public routes for your global guards. The routes
   * authenticate every request themselves.
   *
   * @default []
   */
  decorators?: ClassDecorator[];
  /**
   * Responds to a webhook after the handlers of its events have run, or after 20 seconds. Use it for functions that are
   * frozen after the response, such as AWS Lambda. The status is 200, whatever the handlers do.
   *
   * @default false
   */
  answerAfterHandlers?: boolean;
}

/**
 * The options that a factory may return. Those of `ButtonMessagingModuleExtras` belong beside the factory.
 *
 * @publicApi
 */
export interface ButtonMessagingOptions {
  /**
   * The accounts, each with a unique name.
   *
   * @default the accounts of the environment variables, if `resolveAccount` is not set either
   */
  accounts?: AccountOptions[];
  /** The name of the account of calls that name none. @default the only account */
  defaultAccount?: string;
  /**
   * The country of phone numbers without country code: two capital letters, such as `BR`. Without it such numbers are
   * rejected, unless they begin with `+` or are unambiguous.
   *
   * @default undefined
   */
  defaultCountry?: string;
  /** Returns an account that is stored elsewhere, such as a tenant's. Called for names that are not in `accounts`. */
  resolveAccount?: (name: string) => AccountOptions | undefined | Promise<AccountOptions | undefined>;
  /** How long a resolved account is cached, in milliseconds. 0 disables the cache. @default 60_000 */
  resolvedAccountTtlMs?: number;
  /** How requests are sent. */
  http?: HttpOptions;
  /** When a send is retried. */
  retry?: RetryOptions;
  /** The circuit breaker. `false` disables it. */
  breaker?: BreakerOptions | false;
  /** Limits for Z-API instead of WhatsApp's. Chatvolt and the Cloud API enforce their own. */
  limits?: Partial<MessageLimits>;
  /** Size of the sent-message cache, which matches replies to messages. 0 disables it. @default 20_000 */
  remember?: number;
  /** `false` disables logging. Pass a `LoggerService` to use your own. @default true (Nest's logger) */
  logger?: boolean | LoggerService;
  /**
   * Logs objects instead of lines. `messageKey` contains the text, next to fields such as `account`, `provider`, `code`,
   * `outcome` and `messageId`.
   *
   * For JSON loggers: nestjs-pino (`messageKey: 'msg'`), nest-winston, or Nest's own with `json: true`. `true` means
   * `messageKey: 'message'`.
   *
   * @default false
   */
  structuredLogs?: boolean | { messageKey?: string };
}

/**
 * The options that shape the module. With `forRootAsync` they belong beside the factory, not in its result.
 *
 * @publicApi
 */
export interface ButtonMessagingModuleExtras {
  /** Whether the module is global. @default false */
  isGlobal?: boolean;
  /**
   * Mounts the webhook routes. `false` confirms that none are mounted, which disables the warning about handlers that
   * are never called.
   *
   * @default undefined (no routes)
   */
  webhooks?: WebhookOptions | false | undefined;
  /** Providers that replace those of the module, such as stores. @default [] */
  extraProviders?: Provider[];
}

/** All options of `forRoot`. @publicApi */
export type ButtonMessagingModuleOptions = ButtonMessagingOptions & ButtonMessagingModuleExtras;

/** The interface of the classes for `useClass` and `useExisting`. @publicApi */
export interface ButtonMessagingOptionsFactory {
  /** Returns the options. */
  createButtonMessagingOptions(): ButtonMessagingOptions | Promise<ButtonMessagingOptions>;
}
