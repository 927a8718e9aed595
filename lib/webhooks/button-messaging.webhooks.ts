import type { Account } from '../config/account.js';
import type { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { UnknownAccountError } from '../errors/setup.errors.js';
import type { WebhookRequest } from '../providers/webhook-provider.js';
import type { EventDispatcher } from './event-dispatcher.js';
import type { RefusedWebhooks } from './refused-webhooks.js';
import { readWebhookBody } from './webhook-body.js';
import { isWebhookProvider, webhookNameOf, webhookProviderOf } from './webhook-providers.js';

const NO_ACCOUNT = 'there is none of that name at this provider';
const NO_CHALLENGE = 'this provider verifies no address';

/** What to answer to a webhook. */
export interface WebhookResponse {
  status: number;
  /** Plain text. */
  body?: string;
}

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
export class ButtonMessagingWebhooks {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly dispatcher: Pick<EventDispatcher, 'dispatch'>,
    private readonly refused: Pick<RefusedWebhooks, 'tell'>,
  ) {}

  /**
   * 200 for what is let in, whether or not its kind is known; 401 for what is not (403 where Meta verifies the
   * address) and a line in the log, at most one for each account and minute; 400 for what is no JSON, 404 for a
   * provider that does not exist. It resolves before handlers have run.
   */
  async handle(provider: string, account: string, request: WebhookRequest): Promise<WebhookResponse> {
    if (!isWebhookProvider(provider)) return { status: 404 };
    const known = await this.accountOf(provider, account);
    const method = request.method?.toUpperCase() ?? 'POST';
    if (method === 'GET') return this.challenge(provider, known, request);
    if (method !== 'POST') return { status: 405 };
    if (!known || !webhookProviderOf(known).isAuthentic(request, known)) {
      const fault = known ? webhookProviderOf(known).faultOf(request, known) : NO_ACCOUNT;
      this.refused.tell({ what: 'webhook', provider, account: known?.name, fault });
      return { status: 401 };
    }
    const body = await readWebhookBody(request);
    if (!body) return { status: 400 };
    const siblings = this.config.accounts.filter((sibling) => sibling.provider === known.provider);
    this.dispatcher.dispatch(webhookProviderOf(known).parse(body.value, known, siblings));
    return { status: 200 };
  }

  private challenge(provider: string, account: Account | undefined, request: WebhookRequest): WebhookResponse {
    const body = account && webhookProviderOf(account).challenge?.(request, account);
    if (body !== undefined) return { status: 200, body };
    const fault = account ? webhookProviderOf(account).challengeFaultOf?.(request, account) : NO_ACCOUNT;
    this.refused.tell({ what: 'verification', provider, account: account?.name, fault: fault ?? NO_CHALLENGE });
    return { status: 403 };
  }

  private async accountOf(provider: string, name: string): Promise<Account | undefined> {
    try {
      const account = await this.config.account(name);
      return webhookNameOf(account) === provider ? account : undefined;
    } catch (error) {
      if (error instanceof UnknownAccountError) return undefined;
      throw error;
    }
  }
}
