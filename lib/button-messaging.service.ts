import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from './adapters/provider.registry.js';
import { sendContext } from './adapters/send-context.js';
import { isSource, mapConcurrent, type Source } from './async/map-concurrent.js';
import type {
  AskOptions,
  SendManyOptions,
  SendManyProgress,
  SendManyResult,
} from './button-messaging-service.interface.js';
import type { Account } from './config/accounts/account.js';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import { ButtonMessagingError } from './errors/button-messaging.error.js';
import { errorName } from './errors/error-name.js';
import type { Issue } from './errors/issue.js';
import { InvalidMessageError } from './errors/message.errors.js';
import type { ButtonReplyEvent } from './events/messaging-event.interface.js';
import type { ButtonMessageDto } from './message/button-message.dto.js';
import type { ButtonMessage } from './message/button-message.interface.js';
import {
  BUTTON_MESSAGE_OPTIONS,
  type ButtonMessageOptions,
  type Carrier,
  validateEnumOptions,
} from './message/button-message-options.interface.js';
import { checkIsObject, checkOptionNames, checkSendOptions, durationIssue } from './message/check-send-options.js';
import type { MessagePreview } from './message/message-preview.interface.js';
import { newId } from './message/new-id.js';
import type { SentMessage } from './message/sent-message.interface.js';
import { RequestExecutor } from './resilience/request.executor.js';
import { isChecked, MessageSender } from './sending/message.sender.js';
import type { Plan } from './sending/message-plan.js';
import { MessagingLogger } from './telemetry/messaging.logger.js';
import { PendingReplies } from './webhooks/replies/pending-replies.js';

/**
 * One message for every provider.
 *
 * Every failure is a `ButtonMessagingError`; its `outcome` says whether the message may have gone out. Nothing is
 * dropped or cut short: a message that an account cannot carry is refused, unless the options allow another form.
 * Options that do not exist are refused too, as `InvalidMessageError`.
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
@Injectable()
export class ButtonMessagingService {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly providers: ProviderRegistry,
    private readonly sender: MessageSender,
    private readonly pendingReplies: PendingReplies,
    private readonly logger: MessagingLogger,
    private readonly executor: RequestExecutor,
  ) {}

  /**
   * Sends a message by `via`'s accounts in turn, or by `account`, or by the default account.
   *
   * @throws InvalidMessageError, UnsupportedMessageError before anything is sent.
   * @throws UnknownOutcomeError, with `parts` where only the first part of a split message is known to be accepted.
   */
  async send(message: ButtonMessage | ButtonMessageDto, options: ButtonMessageOptions = {}): Promise<SentMessage> {
    checkSendOptions(options, BUTTON_MESSAGE_OPTIONS);
    validateEnumOptions(options);
    const checked = this.sender.checked(message);
    return await this.sender.send(checked, options, sendContext(options, { id: newId() }));
  }

  /**
   * Which accounts can carry a message, in which form, and why others cannot. Nothing is sent, nobody is asked.
   *
   * @param options Those of `send` may be given as they are: `mixed` and `fallback` matter here.
   */
  async carriers(
    message: ButtonMessage | ButtonMessageDto,
    options: Pick<ButtonMessageOptions, 'mixed' | 'fallback'> = {},
  ): Promise<Carrier[]> {
    checkOptionNames(options, BUTTON_MESSAGE_OPTIONS);
    validateEnumOptions(options);
    const checked = this.sender.checked(message);
    return this.config.accounts.map((account) => carrierOf(account, this.sender.plan(checked, account, options)));
  }

  /**
   * What each account would send for a message, request by request, as `send` would make them. Nothing is sent, nobody
   * is asked. Unlike the others it takes a faulty message too, and gives its `issues`.
   *
   * @param options Those of `send` may be given as they are: `mixed` and `fallback` matter here.
   *
   * @example
   * for (const { account, requests } of await this.messaging.preview(draft, { fallback: 'text' })) {
   *   for (const { method, path, body } of requests) this.logger.debug(`${account}: ${method} ${path}`, body);
   * }
   */
  async preview(
    given: ButtonMessage | ButtonMessageDto,
    options: Pick<ButtonMessageOptions, 'mixed' | 'fallback'> = {},
  ): Promise<MessagePreview[]> {
    checkOptionNames(options, BUTTON_MESSAGE_OPTIONS);
    validateEnumOptions(options);
    const message = this.sender.withCountryCodes(given);
    const issues = this.sender.issuesOf(message);
    return this.config.accounts.map((account) => {
      const plan = isChecked(message, issues) ? this.sender.plan(message, account, options) : { reasons: [] };
      const parts = 'parts' in plan ? plan.parts : [];
      const requests = parts.map((part) => this.providers.of(account).preview(part, account));
      return { ...carrierOf(account, plan), issues, requests };
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
   * Whoever leaves the loop before its end is not told of what was in flight: abort by `signal` instead.
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
    checkIsObject(options);
    const { concurrency = 16, onProgress, ...each } = options;
    checkSendOptions(each, BUTTON_MESSAGE_OPTIONS);
    validateEnumOptions(each);
    if (!isSource(messages)) throw new InvalidMessageError([noSource()]);
    if (!Number.isInteger(concurrency) || concurrency < 1) throw new InvalidMessageError([badConcurrency()]);
    const progress: SendManyProgress = { done: 0, sent: 0, failed: 0 };
    const sendOne = (message: ButtonMessage | ButtonMessageDto, index: number) =>
      this.sendOneOfMany(message, index, each);
    for await (const result of mapConcurrent(messages, sendOne, { concurrency, signal: options.signal })) {
      progress.done += 1;
      progress[result.error === undefined ? 'sent' : 'failed'] += 1;
      this.tell(onProgress, { ...progress });
      yield result;
    }
  }

  /**
   * Sends a message and resolves with its answer: the press of a reply button, a choice, or the title or number of a
   * button, typed. Needs webhooks. Several may be under way at once.
   *
   * @param options `answerWithinMs`: how long to wait for the answer once the message is accepted. Default: 300,000.
   * @throws ReplyTimeoutError when nobody answers in time; SendAbortedError when `signal`, or the shutdown of the
   * application, ends the wait. The message is out by then, so their `outcome` is `unknown`. Otherwise what `send`
   * throws.
   *
   * @example
   * const { button } = await this.messaging.ask(message, { answerWithinMs: 60_000 });
   * if (button.id === 'confirm') await this.confirm();
   */
  async ask(message: ButtonMessage | ButtonMessageDto, options: AskOptions = {}): Promise<ButtonReplyEvent> {
    checkIsObject(options);
    const { answerWithinMs = 300_000, ...sendOptions } = options;
    checkSendOptions(sendOptions, BUTTON_MESSAGE_OPTIONS);
    validateEnumOptions(sendOptions);
    const issue = durationIssue('answerWithinMs', answerWithinMs, 1);
    if (issue) throw new InvalidMessageError([issue]);
    const checked = this.sender.checked(message);
    const id = newId();
    const answers = this.pendingReplies.open();
    // Before it is sent: the answer may be quicker than the return.
    answers.listenTo(id);
    try {
      const context = sendContext(sendOptions, { id, expectsReply: true });
      const sent = await this.sender.send(checked, sendOptions, context);
      answers.listenTo(sent.id);
      return await answers.first(answerWithinMs, sent, options.signal);
    } finally {
      answers.end();
    }
  }

  /**
   * Ends every rest and pause of an account, once its owner has acted: its next message goes out at once. Rests are of
   * this process; pauses are shared where the store is.
   *
   * @throws UnknownAccountError where there is no such account.
   *
   * @example
   * await this.messaging.resume('official'); // its invoice is paid
   */
  async resume(account: string): Promise<void> {
    await this.executor.resume(await this.config.account(account));
  }

  // What is in flight must not be lost with a callback that fails.
  private tell(onProgress: SendManyOptions['onProgress'], progress: SendManyProgress): void {
    try {
      onProgress?.(progress);
    } catch (error) {
      this.logger.error(`onProgress of sendMany failed: ${errorName(error)}.`);
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
}

function carrierOf({ name, provider }: Account, plan: Plan): Carrier {
  return 'reasons' in plan
    ? { account: name, provider, carries: false, reasons: plan.reasons }
    : { account: name, provider, carries: true, as: plan.as, reasons: [] };
}

function noSource(): Issue {
  return { path: '', rule: 'isIterable', message: 'sendMany takes a list, or another source of messages' };
}

function badConcurrency(): Issue {
  const message = 'options.concurrency must be a whole number from 1 on';
  return { path: 'options.concurrency', rule: 'isWholeNumber', message };
}
