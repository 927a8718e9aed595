import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../adapters/provider.registry.js';
import type { AuthenticAccounts, WebhookRequest } from '../adapters/webhook-adapter.js';
import { type Account, providerNameOf } from '../config/accounts/account.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { BodyFailure } from './body-reader.js';
import { EventDispatcher } from './event.dispatcher.js';
import { HandlerWait } from './handlers/handler-wait.js';
import { parseWebhookBody } from './parse-webhook-body.js';
import { RejectedWebhookLogger, type RejectionKind } from './rejected-webhook.logger.js';
import { decoyAccounts, WebhookAccounts } from './webhook-accounts.js';

const NO_ACCOUNT = 'this provider has no account with that name';
const NO_CHALLENGE = 'this provider does not verify webhook URLs';
const BODY_CONSUMED = 'its body was consumed by another body parser. See docs/webhooks.md';

/** How long the provider should wait before it tries again, in seconds. */
const RETRY_AFTER = { 'Retry-After': '5' };

const BODY_REJECTIONS = {
  'too large': { status: 413, kind: 'rejected', reason: 'its body is larger than 3 MiB' },
  'too slow': { status: 408, kind: 'rejected', reason: 'its body did not arrive within webhooks.bodyTimeoutMs' },
  'too many': {
    status: 503,
    kind: 'postponed',
    reason: 'the bodies being read exceed webhooks.maxPendingBytes',
    headers: RETRY_AFTER,
  },
} as const;

/** The HTTP response to a webhook. @publicApi */
export interface WebhookResponse {
  status: number;
  /** Plain text. */
  body?: string;
  /** Response headers, for example `Retry-After`. */
  headers?: Readonly<Record<string, string>>;
}

/** The account of a webhook, and whether its headers authenticate it, or the response to a rejected one. */
export type Admission = { account: Account; isAuthenticated: boolean } | { rejection: WebhookResponse };

/** What is known about a request besides its contents. */
export interface WebhookCircumstances {
  /** Whether its headers authenticate it. */
  isAuthenticated: boolean;
  /** Whether a body parser consumed the bytes. Then `rawBody` is serialized from the parsed body, or missing. */
  isParsed: boolean;
}

const NO_CIRCUMSTANCES: WebhookCircumstances = { isAuthenticated: false, isParsed: false };

/**
 * Receives webhooks: verifies their raw bytes, parses them, responds, and calls handlers. The module's routes use it.
 * Call it yourself in your own routes.
 *
 * @example
 * \@Post('hooks/z-api')
 * async receive(@Req() request: RawBodyRequest<Request>, @Res() response: Response) {
 *   const { method, headers, query, rawBody } = request;
 *   const { status, body } = await this.webhooks.handle('z-api', 'support', { method, headers, query, rawBody });
 *   response.status(status).send(body);
 * }
 *
 * @publicApi
 */
@Injectable()
export class ButtonMessagingWebhooks {
  private readonly accounts: WebhookAccounts;
  private readonly decoys = decoyAccounts();

  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly providers: ProviderRegistry,
    private readonly dispatcher: EventDispatcher,
    private readonly rejectedWebhooks: RejectedWebhookLogger,
    private readonly handlerWait: HandlerWait,
  ) {
    this.accounts = new WebhookAccounts(config);
  }

  /**
   * Resolves when all received webhooks are handled, including those received while it waits.
   *
   * @example
   * const { status, body } = await this.webhooks.handle('z-api', 'support', request);
   * await this.webhooks.idle(); // before a function is frozen
   */
  idle(): Promise<void> {
    return this.dispatcher.whenIdle();
  }

  /**
   * Verifies a request and dispatches its events. Resolves before handlers have run, unless
   * `webhooks.answerAfterHandlers` is set.
   *
   * @returns The response to send: 200 for an authentic request. 401 for any other, or 403 if Meta verifies the URL,
   * and one log line per account and minute. 400 if the body is not JSON. 404 for an unknown provider. 413 if the body
   * is larger than 3 MiB after decompression. 503 if `resolveAccount` fails or takes longer than 10 seconds.
   */
  async handle(provider: string, account: string, request: WebhookRequest): Promise<WebhookResponse> {
    if (!this.providers.has(provider)) return { status: 404 };
    const found = await this.accounts.find(provider, account);
    if ('failure' in found) return this.postpone(provider, found.failure);
    const method = request.method?.toUpperCase() ?? 'POST';
    if (method === 'GET') return this.challenge(provider, found.account, request);
    if (method !== 'POST') return { status: 405 };
    return found.account ? this.receive(found.account, request) : this.rejectUnknownAccount(provider, request);
  }

  /** Checks the headers of a POST request, so that the body of a rejected one is not read. @internal */
  async admit(provider: string, name: string, head: WebhookRequest): Promise<Admission> {
    const found = await this.accounts.find(provider, name);
    if ('failure' in found) return { rejection: this.postpone(provider, found.failure) };
    const { account } = found;
    if (!account) return { rejection: this.rejectUnknownAccount(provider, head) };
    const { webhook } = this.providers.of(account);
    const isAuthentic = webhook.verifyHead ? webhook.verifyHead(head, account) : webhook.isAuthentic(head, account);
    if (isAuthentic === false) return { rejection: this.reject(account, webhook.describeMismatch(head, account)) };
    return { account, isAuthenticated: isAuthentic === true };
  }

  /** Handles a POST request for a known account. @internal */
  async receive(
    account: Account,
    request: WebhookRequest,
    { isAuthenticated, isParsed } = NO_CIRCUMSTANCES,
  ): Promise<WebhookResponse> {
    const { webhook } = this.providers.of(account);
    if (!isAuthenticated && !webhook.isAuthentic(request, account)) {
      return this.reject(account, isParsed ? BODY_CONSUMED : webhook.describeMismatch(request, account));
    }
    const body = await parseWebhookBody(request);
    if (body === 'too large') return this.rejectBody(account, body);
    if (!body) {
      if (isParsed) this.reject(account, BODY_CONSUMED);
      return { status: 400 };
    }
    const { events, foreign } = webhook.parse(body.value, account, this.accountsAuthenticatedBy(request, account));
    const [reason] = foreign;
    if (reason !== undefined) this.log(account, reason, 'ignored');
    const handled = this.dispatcher.dispatch(events);
    await this.handlerWait.until(handled, account);
    return { status: 200 };
  }

  /** Returns the response to a request whose body could not be read. @internal */
  rejectBody(account: Account, failure: Exclude<BodyFailure, 'broken off'>): WebhookResponse {
    const { kind, reason, ...response } = BODY_REJECTIONS[failure];
    this.log(account, reason, kind);
    return response;
  }

  private reject(account: Account, reason: string): WebhookResponse {
    this.log(account, reason, 'rejected');
    return { status: 401 };
  }

  private log(account: Account, reason: string, kind: RejectionKind): void {
    this.rejectedWebhooks.log({
      what: 'webhook',
      provider: providerNameOf(account),
      account: account.name,
      reason,
      kind,
    });
  }

  /** Verifies against a decoy account, so that the response time does not reveal which accounts exist. */
  private rejectUnknownAccount(provider: string, request: WebhookRequest): WebhookResponse {
    const decoy = this.decoys.get(provider);
    if (decoy) this.providers.of(decoy).webhook.isAuthentic(request, decoy);
    this.rejectedWebhooks.log({ what: 'webhook', provider, account: undefined, reason: NO_ACCOUNT });
    return { status: 401 };
  }

  private postpone(provider: string, reason: string): WebhookResponse {
    this.rejectedWebhooks.log({ what: 'webhook', provider, account: undefined, reason, kind: 'postponed' });
    return { status: 503, headers: RETRY_AFTER };
  }

  private accountsAuthenticatedBy(request: WebhookRequest, { provider }: Account): AuthenticAccounts<Account> {
    const isAuthenticated = (account: Account) =>
      account.provider === provider && this.providers.of(account).webhook.isAuthentic(request, account);
    return { find: (fits) => this.config.accounts.find((account) => fits(account) && isAuthenticated(account)) };
  }

  private challenge(provider: string, account: Account | undefined, request: WebhookRequest): WebhookResponse {
    const asked = account ?? this.decoys.get(provider);
    const body = asked && this.providers.of(asked).webhook.challenge?.(request, asked);
    if (account && body !== undefined) return { status: 200, body };
    const reason = account
      ? this.providers.of(account).webhook.describeChallengeMismatch?.(request, account)
      : NO_ACCOUNT;
    this.rejectedWebhooks.log({
      what: 'verification',
      provider,
      account: account?.name,
      reason: reason ?? NO_CHALLENGE,
    });
    return { status: 403 };
  }
}
