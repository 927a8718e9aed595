import { randomUUID } from 'node:crypto';
import type { Account } from './config/account.js';
import type { ButtonMessagingConfig } from './config/button-messaging.config.js';
import type { IdempotencyGuard } from './delivery/idempotency/idempotency.guard.js';
import { runBounded, type Source } from './delivery/run-bounded.js';
import { ButtonMessagingError } from './errors/button-messaging.error.js';
import type { Issue } from './errors/issue.js';
import { InvalidMessageError, UnsupportedMessageError } from './errors/message.errors.js';
import { UnknownOutcomeError } from './errors/outcome.errors.js';
import {
  AuthenticationError,
  PermissionError,
  ProviderUnavailableError,
  RateLimitedError,
  SubscriptionError,
} from './errors/provider.errors.js';
import { ButtonMessageDto } from './message/button-message.dto.js';
import type { ButtonMessage } from './message/button-message.interface.js';
import type { ButtonMessageOptions, Carrier } from './message/button-message-options.interface.js';
import { checkSendOptions } from './message/check-send-options.js';
import type { SentMessage } from './message/sent-message.interface.js';
import { type CarriedAs, type PlanOptions, planMessage } from './providers/message-planner.js';
import type { MessagingProvider, OutgoingMessage, SendLimits } from './providers/messaging-provider.js';
import { limitsOf } from './providers/provider-sender.js';
import type { MessagingProviders } from './providers/providers.js';
import type { DtoValidator } from './validation/index.js';

/** How far a `sendMany` has come. */
export interface SendManyProgress {
  /** Messages that have ended, however. */
  done: number;
  sent: number;
  failed: number;
}

/** What became of one message of many: `sent` or `error`. */
export interface SendManyResult {
  /** The message's place in the source, counted from 0. */
  index: number;
  sent?: SentMessage;
  error?: ButtonMessagingError;
}

/** The options of `sendMany`; those of `send` hold for each message. */
export interface SendManyOptions extends ButtonMessageOptions {
  /** Messages under way at a time. Default: 16. */
  concurrency?: number;
  /** Called after each message that has ended. */
  onProgress?: (progress: SendManyProgress) => void;
}

/** Errors that are the account's, not the message's: the next account may do better. */
const REASONS_FOR_THE_NEXT_ACCOUNT = [
  AuthenticationError,
  PermissionError,
  SubscriptionError,
  RateLimitedError,
  ProviderUnavailableError,
  UnsupportedMessageError,
];

/**
 * One message for every provider.
 *
 * Every failure is a `ButtonMessagingError`; its `outcome` says whether the message may have gone out. Nothing is
 * dropped or cut short: a message that an account cannot carry is refused, unless the options allow another form.
 *
 * @example
 * constructor(private readonly messaging: ButtonMessagingService) {}
 *
 * askForConfirmation(phone: string): Promise<SentMessage> {
 *   return this.messaging.send({
 *     to: phone,
 *     text: 'Your appointment is tomorrow at 10:00.',
 *     buttons: [
 *       { type: 'reply', id: 'confirm', title: 'Confirm' },
 *       { type: 'reply', id: 'reschedule', title: 'Another time' },
 *     ],
 *   });
 * }
 */
export class ButtonMessagingService {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly validator: DtoValidator,
    private readonly providers: MessagingProviders,
    private readonly guard: IdempotencyGuard,
  ) {}

  /**
   * Sends a message by `via`'s accounts in turn, or by `account`, or by the default account.
   *
   * @throws InvalidMessageError, UnsupportedMessageError before anything is sent.
   * @throws UnknownOutcomeError, with `parts` where only the first part of a split message is known to be accepted.
   */
  async send(message: ButtonMessage | ButtonMessageDto, options: ButtonMessageOptions = {}): Promise<SentMessage> {
    checkSendOptions(options);
    this.check(message);
    const accounts = await this.accountsOf(options);
    const limits = limitsOf(options);
    const { idempotencyKey: key, mixed, fallback } = options;
    const call = {
      key,
      scope: options.via?.join(' ') ?? accounts[0]?.name ?? '',
      content: { message, mixed, fallback },
      deadline: limits.deadline,
      signal: limits.signal,
    };
    return this.guard.once(call, () => this.sendByTurns(message, accounts, options, limits));
  }

  /** Which accounts can carry a message, in which form, and why others cannot. Nothing is sent, nobody is asked. */
  async carriers(
    message: ButtonMessage | ButtonMessageDto,
    options: Pick<ButtonMessageOptions, 'mixed' | 'fallback'> = {},
  ): Promise<Carrier[]> {
    this.check(message);
    return this.config.accounts.map((account) => {
      const { name, provider } = account;
      const plan = planMessage(message, this.providers.of(account), account, options);
      return 'reasons' in plan
        ? { account: name, provider, carries: false, reasons: plan.reasons }
        : { account: name, provider, carries: true, as: plan.as, reasons: [] };
    });
  }

  /**
   * Sends the messages of any source, some at a time, and yields what became of each, in order of completion. The
   * source is read no faster than results are taken: a million messages need no more memory than a few.
   *
   * An `idempotencyKey` stands for the whole: each message has a key of its own, made of it and of its index, so that
   * a list that broke off can be sent again from its beginning.
   *
   * After an abort it yields what was in flight and ends. A source that throws is rethrown after what was in flight.
   *
   * @example
   * for await (const { index, sent, error } of this.messaging.sendMany(messages, { concurrency: 32 })) {
   *   if (error) this.logger.warn(`Message ${index}: ${error.code}, ${error.outcome}`);
   *   else await this.campaign.markSent(index, sent);
   * }
   */
  async *sendMany(
    messages: Source<ButtonMessage | ButtonMessageDto>,
    options: SendManyOptions = {},
  ): AsyncGenerator<SendManyResult, void, undefined> {
    const { concurrency = 16, onProgress, ...each } = options;
    checkSendOptions(options);
    if (!Number.isInteger(concurrency) || concurrency < 1) throw new InvalidMessageError([badConcurrency()]);
    const progress: SendManyProgress = { done: 0, sent: 0, failed: 0 };
    const sendOne = (message: ButtonMessage | ButtonMessageDto, index: number) =>
      this.sendOneOfMany(message, index, each);
    for await (const result of runBounded(messages, sendOne, { concurrency, signal: options.signal })) {
      progress.done += 1;
      progress[result.error === undefined ? 'sent' : 'failed'] += 1;
      onProgress?.({ ...progress });
      yield result;
    }
  }

  private async sendOneOfMany(
    message: ButtonMessage | ButtonMessageDto,
    index: number,
    options: ButtonMessageOptions,
  ): Promise<SendManyResult> {
    const key = options.idempotencyKey;
    const own = key === undefined ? options : { ...options, idempotencyKey: `${key} ${index}` };
    try {
      return { index, sent: await this.send(message, own) };
    } catch (error) {
      if (error instanceof ButtonMessagingError) return { index, error };
      throw error;
    }
  }

  private check(message: ButtonMessage | ButtonMessageDto): asserts message is ButtonMessage {
    const issues = this.validator.validate(ButtonMessageDto, message, this.config.limits);
    if (issues.length > 0) throw new InvalidMessageError(issues);
  }

  private accountsOf({ account, via }: ButtonMessageOptions): Promise<Account[]> {
    if (via === undefined) return Promise.all([this.config.account(account)]);
    if (!Array.isArray(via) || via.length === 0 || account !== undefined) throw new InvalidMessageError([badVia()]);
    return Promise.all(via.map((name) => this.config.account(name)));
  }

  private async sendByTurns(
    message: ButtonMessage,
    accounts: Account[],
    options: PlanOptions,
    limits: SendLimits,
  ): Promise<SentMessage> {
    const tried: { account: string; code: string }[] = [];
    for (const [index, account] of accounts.entries()) {
      try {
        const sent = await this.sendBy(account, message, options, limits);
        return tried.length > 0 ? { ...sent, tried } : sent;
      } catch (error) {
        const mayGoOn = REASONS_FOR_THE_NEXT_ACCOUNT.some((reason) => error instanceof reason);
        if (!(error instanceof ButtonMessagingError) || !mayGoOn || index === accounts.length - 1) throw error;
        tried.push({ account: account.name, code: error.code });
      }
    }
    throw new UnsupportedMessageError(['there is no account to send it']);
  }

  private async sendBy(
    account: Account,
    message: ButtonMessage,
    options: PlanOptions,
    limits: SendLimits,
  ): Promise<SentMessage> {
    const provider = this.providers.of(account);
    const plan = planMessage(message, provider, account, options);
    if ('reasons' in plan) {
      throw new UnsupportedMessageError(plan.reasons, { provider: account.provider, account: account.name });
    }
    const parts: SentMessage[] = [];
    for (const outgoing of plan.parts) {
      parts.push(await this.sendPart(provider, account, outgoing, limits, parts));
    }
    return wholeOf(parts, plan.as);
  }

  private async sendPart(
    provider: MessagingProvider,
    account: Account,
    outgoing: OutgoingMessage,
    limits: SendLimits,
    earlier: readonly SentMessage[],
  ): Promise<SentMessage> {
    try {
      return (await provider.send(outgoing, account, limits)).sent;
    } catch (error) {
      if (earlier.length === 0 || !(error instanceof ButtonMessagingError)) throw error;
      const { status, providerCode, providerMessage, retryAfterMs } = error;
      throw new UnknownOutcomeError(`A first part of the message was accepted; the next failed: ${error.message}`, {
        provider: account.provider,
        account: account.name,
        status,
        providerCode,
        providerMessage,
        retryAfterMs,
        parts: earlier,
      });
    }
  }
}

/** A message of several parts goes by the id of the last, which holds the reply buttons. */
function wholeOf(parts: SentMessage[], as: CarriedAs): SentMessage {
  const last = parts.at(-1);
  if (last === undefined) throw new UnsupportedMessageError(['it has no parts']);
  if (as === 'buttons') return last;
  if (as === 'text') return { ...last, degraded: 'text' };
  const attempts = parts.reduce((sum, part) => sum + part.attempts, 0);
  return { ...last, id: randomUUID(), attempts, degraded: 'split', parts };
}

function badVia(): Issue {
  const message = 'options.via must be a list of account names, and not stand beside options.account';
  return { path: 'options.via', rule: 'isList', message };
}

function badConcurrency(): Issue {
  const message = 'options.concurrency must be a whole number from 1 on';
  return { path: 'options.concurrency', rule: 'isWholeNumber', message };
}
