import type { Account } from '../config/account.js';
import type { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { IdempotencyGuard } from '../delivery/idempotency/idempotency.guard.js';
import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { ButtonMessageDto } from '../message/button-message.dto.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import type { ButtonMessageOptions } from '../message/button-message-options.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { DtoValidator } from '../validation/index.js';
import type { MessageSender } from './message-sender.js';
import type { SendLimits } from './messaging-provider.js';
import { limitsOf } from './provider-sender.js';

/** What whoever sends adds to the caller's options. */
export interface SendCircumstances extends Pick<SendLimits, 'turnWithinMs' | 'correlationId' | 'beforeRequest'> {
  /** The `id` that the `SentMessage` gets. */
  id: string;
  /** Somebody waits for the answer. */
  asked?: boolean;
  /** Runs once it is accepted as a whole, before it is remembered. */
  onAccepted?: (() => void) | undefined;
}

/** The way of a `ButtonMessage` from its check to its accounts, once for each key. */
export class ButtonMessageSender {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly validator: DtoValidator,
    private readonly guard: IdempotencyGuard,
    private readonly sender: MessageSender,
  ) {}

  /** All faults of a message. */
  issuesOf(message: unknown): Issue[] {
    return this.validator.validate(ButtonMessageDto, message, this.config.limits);
  }

  /** @throws InvalidMessageError with all faults. */
  check(message: ButtonMessage | ButtonMessageDto): asserts message is ButtonMessage {
    const issues = this.issuesOf(message);
    if (issues.length > 0) throw new InvalidMessageError(issues);
  }

  /** The accounts to try, in turn; at once, where nothing is to be looked up. @throws UnknownAccountError, InvalidMessageError. */
  accountsOf({ account, via }: ButtonMessageOptions): Promise<Account[]> | Account[] {
    if (via === undefined) {
      const known = this.config.accountAtHand(account);
      return known ? [known] : this.config.account(account).then((only) => [only]);
    }
    if (!Array.isArray(via) || via.length === 0 || account !== undefined) throw new InvalidMessageError([badVia()]);
    return Promise.all(via.map((name) => this.config.account(name)));
  }

  /** Sends a checked message. */
  send(message: ButtonMessage, options: ButtonMessageOptions, circumstances: SendCircumstances): Promise<SentMessage> {
    const found = this.accountsOf(options);
    return found instanceof Promise
      ? found.then((accounts) => this.sendBy(accounts, message, options, circumstances))
      : this.sendBy(found, message, options, circumstances);
  }

  private sendBy(
    accounts: readonly Account[],
    message: ButtonMessage,
    options: ButtonMessageOptions,
    circumstances: SendCircumstances,
  ): Promise<SentMessage> {
    const { id, asked = false, onAccepted, turnWithinMs, correlationId, beforeRequest } = circumstances;
    const limits = { turnWithinMs, correlationId, beforeRequest, ...limitsOf(options) };
    const { idempotencyKey: key, mixed, fallback, lateFallback } = options;
    const toSend = { id, message, options: { mixed, fallback, lateFallback }, asked, onAccepted };
    if (key === undefined) return this.sender.send(toSend, accounts, limits);
    const { deadline, signal } = limits;
    const scope = accounts.map(({ name }) => name);
    const call = { key, scope, content: { message, mixed, fallback }, deadline, signal };
    return this.guard.once(call, (shared) => this.sender.send(toSend, accounts, { ...limits, signal: shared }));
  }
}

function badVia(): Issue {
  const message = 'options.via must be a list of account names, and not stand beside options.account';
  return { path: 'options.via', rule: 'isList', message };
}
