import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from '../adapters/provider.registry.js';
import type { ProvenAccounts, WebhookRequest } from '../adapters/webhook-adapter.js';
import { type Account, providerNameOf } from '../config/accounts/account.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { BodyFailure } from './body-reader.js';
import { decoyAccounts } from './decoy-accounts.js';
import { EventDispatcher } from './event.dispatcher.js';
import { HandlerWait } from './handlers/handler-wait.js';
import { parseWebhookBody } from './parse-webhook-body.js';
import { RejectedWebhookLogger } from './rejected-webhook.logger.js';
import { WebhookAccounts } from './webhook-accounts.js';

const NO_ACCOUNT = 'there is none of that name at this provider';
const NO_CHALLENGE = 'this provider verifies no address';
const PARSED_BEFORE =
  'its bytes were read by another parser before they could be verified; let that parser keep them as request.rawBody';

/** When a provider may try again what was put off, in seconds. */
const RETRY_AFTER = { 'Retry-After': '5' };

const BODY_REFUSALS = {
  'too large': { status: 413, kind: 'refused', fault: 'its body is over 3 MiB' },
  'too slow': { status: 408, kind: 'refused', fault: 'its body did not arrive within webhooks.bodyTimeoutMs' },
  'too many': {
    status: 503,
    kind: 'put off',
    fault: 'the bodies that are being read exceed webhooks.maxPendingBytes',
    headers: RETRY_AFTER,
  },
} as const;

/** What to answer to a webhook. */
export interface WebhookResponse {
  status: number;
  /** Plain text. */
  body?: string;
  /** Headers to answer with, as `Retry-After`. */
  headers?: Readonly<Record<string, string>>;
}

/** Whether the body of a webhook is worth reading; and whether it is proven without it whom the webhook is from. */
export type Admission = { account: Account; isProven: boolean } | { refusal: WebhookResponse };

/** What is known of a webhook beside itself. */
export interface WebhookCircumstances {
  /** Its head proves where it is from. */
  isProven: boolean;
  /** A parser has read the bytes, and `rawBody` was made anew of what it made of them, if it is there at all. */
  isParsed: boolean;
}

const NO_CIRCUMSTANCES: WebhookCircumstances = { isProven: false, isParsed: false };

/**
 * Takes webhooks in: verified on the raw bytes before anything is parsed, answered at once, handled after. The module's
 * own routes use it; call it yourself where you have routes of your own.
 *
 * @example
 * \@Post('hooks/z-api')
 * async receive(@Req() request: RawBodyRequest<Request>, @Res() response: Response) {
 *   const { method, headers, query, rawBody } = request;
 *   const { status, body } = await this.webhooks.handle('z-api', 'support', { method, headers, query, rawBody });
 *   response.status(status).send(body);
 * }
 */
@Injectable()
export class ButtonMessagingWebhooks {
  private readonly accounts: WebhookAccounts;
  private readonly decoys = decoyAccounts();

  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly providers: ProviderRegistry,
    private readonly dispatcher: EventDispatcher,
    private readonly refused: RejectedWebhookLogger,
    private readonly handlerWait: HandlerWait,
  ) {
    this.accounts = new WebhookAccounts(config);
  }

  /**
   * Resolves when everything that was received is handled: every handler has returned or thrown. Handlers that begin
   * while it waits are waited for, too.
   *
   * @example
   * const { status, body } = await this.webhooks.handle('z-api', 'support', request);
   * await this.webhooks.idle(); // before a function is frozen
   */
  idle(): Promise<void> {
    return this.dispatcher.whenIdle();
  }

  /**
   * 200 for what is let in, whether or not its kind is known; 401 for what is not (403 where Meta verifies the
   * address) and a line in the log, at most one for each account and minute; 400 for what is no JSON, 413 for what is
   * over 3 MiB unpacked, 404 for a provider that does not exist, 503 where `resolveAccount` fails or takes longer than
   * 10 seconds. It resolves before handlers have run, unless
   * `webhooks.answerAfterHandlers` is set.
   */
  async handle(provider: string, account: string, request: WebhookRequest): Promise<WebhookResponse> {
    if (!this.providers.has(provider)) return { status: 404 };
    const found = await this.accounts.find(provider, account);
    if ('trouble' in found) return this.putOff(provider, found.trouble);
    const method = request.method?.toUpperCase() ?? 'POST';
    if (method === 'GET') return this.challenge(provider, found.account, request);
    if (method !== 'POST') return { status: 405 };
    return found.account ? this.receive(found.account, request) : this.refuseStranger(provider, request);
  }

  /**
   * Judges a POST by what it says before its body: who can have sent no webhook need not be listened to.
   *
   * @internal
   */
  async admit(provider: string, name: string, head: WebhookRequest): Promise<Admission> {
    const found = await this.accounts.find(provider, name);
    if ('trouble' in found) return { refusal: this.putOff(provider, found.trouble) };
    const { account } = found;
    if (!account) return { refusal: this.refuseStranger(provider, head) };
    const { webhook } = this.providers.of(account);
    const judgement = webhook.judgeHead ? webhook.judgeHead(head, account) : webhook.isAuthentic(head, account);
    if (judgement === false) return { refusal: this.refuse(account, webhook.describeMismatch(head, account)) };
    return { account, isProven: judgement === true };
  }

  /**
   * Takes a POST to a known account in.
   *
   * @internal
   */
  async receive(
    account: Account,
    request: WebhookRequest,
    { isProven, isParsed } = NO_CIRCUMSTANCES,
  ): Promise<WebhookResponse> {
    const { webhook } = this.providers.of(account);
    if (!isProven && !webhook.isAuthentic(request, account)) {
      return this.refuse(account, isParsed ? PARSED_BEFORE : webhook.describeMismatch(request, account));
    }
    const body = await parseWebhookBody(request);
    if (body === 'too large') return this.refuseBody(account, body);
    if (!body) {
      if (isParsed) this.refuse(account, PARSED_BEFORE);
      return { status: 400 };
    }
    const { events, foreign } = webhook.parse(body.value, account, this.othersProvenBy(request, account));
    const [fault] = foreign;
    const provider = providerNameOf(account);
    if (fault !== undefined) {
      this.refused.log({ what: 'webhook', provider, account: account.name, reason: fault, kind: 'ignored' });
    }
    const handled = this.dispatcher.dispatch(events);
    await this.handlerWait.until(handled, account);
    return { status: 200 };
  }

  /**
   * What to answer where a body could not be read.
   *
   * @internal
   */
  refuseBody(account: Account, failure: Exclude<BodyFailure, 'broken off'>): WebhookResponse {
    const { kind, fault, ...response } = BODY_REFUSALS[failure];
    this.refused.log({
      what: 'webhook',
      provider: providerNameOf(account),
      account: account.name,
      reason: fault,
      kind,
    });
    return response;
  }

  private refuse(account: Account, fault: string): WebhookResponse {
    this.refused.log({ what: 'webhook', provider: providerNameOf(account), account: account.name, reason: fault });
    return { status: 401 };
  }

  /** The same work as for an account that there is, so that the time says nothing either. */
  private refuseStranger(provider: string, request: WebhookRequest): WebhookResponse {
    const decoy = this.decoys.get(provider);
    if (decoy) this.providers.of(decoy).webhook.isAuthentic(request, decoy);
    this.refused.log({ what: 'webhook', provider, account: undefined, reason: NO_ACCOUNT });
    return { status: 401 };
  }

  private putOff(provider: string, fault: string): WebhookResponse {
    this.refused.log({ what: 'webhook', provider, account: undefined, reason: fault, kind: 'put off' });
    return { status: 503, headers: RETRY_AFTER };
  }

  private othersProvenBy(request: WebhookRequest, { provider }: Account): ProvenAccounts<Account> {
    const isProven = (account: Account) =>
      account.provider === provider && this.providers.of(account).webhook.isAuthentic(request, account);
    return { find: (fits) => this.config.accounts.find((account) => fits(account) && isProven(account)) };
  }

  private challenge(provider: string, account: Account | undefined, request: WebhookRequest): WebhookResponse {
    const asked = account ?? this.decoys.get(provider);
    const body = asked && this.providers.of(asked).webhook.challenge?.(request, asked);
    if (account && body !== undefined) return { status: 200, body };
    const fault = account
      ? this.providers.of(account).webhook.describeChallengeMismatch?.(request, account)
      : NO_ACCOUNT;
    this.refused.log({ what: 'verification', provider, account: account?.name, reason: fault ?? NO_CHALLENGE });
    return { status: 403 };
  }
}
