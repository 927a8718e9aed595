import { Injectable } from '@nestjs/common';
import { ProviderRegistry } from './adapters/provider.registry.js';
import type { MarkReadOptions } from './adapters/provider-adapter.interface.js';
import { requestContext, sendContext } from './adapters/send-context.js';
import type { Source } from './async/map-concurrent.js';
import { ButtonMessagingConfig } from './config/button-messaging.config.js';
import { InvalidMessageError, UnsupportedMessageError } from './errors/message.errors.js';
import type { ButtonReplyEvent } from './events/messaging-event.interface.js';
import {
  type AskOptions,
  BUTTON_MESSAGE_OPTIONS,
  type ButtonMessageOptions,
  type Carrier,
  type FormOptions,
  REPLY_OPTIONS,
  type ReplyOptions,
  type SendManyOptions,
  type SendManyResult,
} from './message/button-message-options.interface.js';
import { checkOffersReply } from './message/check-offers-reply.js';
import {
  checkFormOptions,
  checkIsObject,
  checkOptionNames,
  checkSendOptions,
  durationIssue,
} from './message/check-send-options.js';
import type { ButtonMessageDto } from './message/dto/button-message.dto.js';
import type { Message, MessageContent } from './message/message.interface.js';
import type { MessagePreview } from './message/message-preview.interface.js';
import { newId } from './message/new-id.js';
import { checkRepliable, type RepliableEvent, replyTo } from './message/reply-to-event.js';
import type { OptionNames } from './message/send-options.interface.js';
import type { SentMessage } from './message/sent-message.interface.js';
import { RequestExecutor } from './resilience/request.executor.js';
import { isChecked, MessageSender } from './sending/message.sender.js';
import { carrierOf } from './sending/message-plan.js';
import { sendMany } from './sending/send-many.js';
import { MessagingLogger } from './telemetry/messaging.logger.js';
import { PendingReplies } from './webhooks/replies/pending-replies.js';

const MARK_READ_OPTIONS: OptionNames<MarkReadOptions> = { typing: true };

/**
 * Sends messages through any provider.
 *
 * Every failure is a `ButtonMessagingError`. Its `outcome` says whether the message may have been sent. Messages are
 * never truncated: if an account does not support a message, it is rejected, unless the options allow another form.
 * Unknown options are rejected with `InvalidMessageError`.
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
 *
 * @publicApi
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
   * Sends a message through the accounts of `via` in order, or `account`, or the default account.
   *
   * @throws InvalidMessageError, UnsupportedMessageError before anything is sent.
   * @throws UnknownOutcomeError with `parts` if only the first part of a split message is known to be accepted.
   */
  async send(message: Message | ButtonMessageDto, options: ButtonMessageOptions = {}): Promise<SentMessage> {
    checkSendOptions(options, BUTTON_MESSAGE_OPTIONS);
    const checked = this.sender.checked(message, options);
    return await this.sender.send(checked, options, sendContext(options, { id: newId() }));
  }

  /**
   * Returns which accounts support a message, in which form, and why others do not. Sends nothing.
   *
   * @param options The options of `send`. Only `mixed`, `fallback` and `inReplyTo` have an effect.
   */
  async carriers(message: Message | ButtonMessageDto, options: FormOptions = {}): Promise<Carrier[]> {
    checkFormOptions(options, BUTTON_MESSAGE_OPTIONS);
    const checked = this.sender.checked(message);
    return this.config.accounts.map((account) => carrierOf(account, this.sender.plan(checked, account, options)));
  }

  /**
   * Returns the requests that each account would send for a message. Sends nothing. It also accepts an invalid message,
   * and returns its `issues`.
   *
   * @param options The options of `send`. Only `mixed`, `fallback` and `inReplyTo` have an effect.
   *
   * @example
   * for (const { account, requests } of await this.messaging.preview(draft, { fallback: 'text' })) {
   *   for (const { method, path, body } of requests) this.logger.debug(`${account}: ${method} ${path}`, body);
   * }
   */
  async preview(given: Message | ButtonMessageDto, options: FormOptions = {}): Promise<MessagePreview[]> {
    checkFormOptions(options, BUTTON_MESSAGE_OPTIONS);
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
   * Sends the messages of any source concurrently, and yields each result in order of completion. The source is read no
   * faster than results are consumed, so memory use does not depend on the number of messages.
   *
   * With an `idempotencyKey`, each message has its own key, made of this key and its index. An interrupted list can be
   * sent again from its beginning.
   *
   * After an abort it yields the results of sends in flight and ends. An error of the source is thrown after these
   * results. Breaking out of the loop discards results of sends in flight. Use `signal` to stop.
   *
   * @example
   * for await (const { index, sent, error } of this.messaging.sendMany(messages, { concurrency: 32 })) {
   *   if (error) this.logger.warn(`Message ${index}: ${error.code}, ${error.outcome}`);
   *   else await this.campaign.markSent(index, sent);
   * }
   */
  async *sendMany(
    messages: Source<Message | ButtonMessageDto>,
    options: SendManyOptions = {},
  ): AsyncGenerator<SendManyResult, void, undefined> {
    yield* sendMany(messages, options, (message, each) => this.send(message, each), this.logger);
  }

  /**
   * Sends a message and waits for the reply: a press of a reply button, a choice, or the typed title or number of a
   * button. Requires webhooks. Several calls may wait at once.
   *
   * @throws InvalidMessageError if the message has no reply button or list.
   * @throws ReplyTimeoutError if there is no reply in time. SendAbortedError if `signal` or the shutdown ends the wait.
   * The message has been sent then, so their `outcome` is `unknown`.
   * @throws What `send` throws.
   *
   * @example
   * const { button } = await this.messaging.ask(message, { answerWithinMs: 60_000 });
   * if (button.id === 'confirm') await this.confirm();
   */
  async ask(message: Message | ButtonMessageDto, options: AskOptions = {}): Promise<ButtonReplyEvent> {
    checkIsObject(options);
    const { answerWithinMs = 300_000, ...sendOptions } = options;
    checkSendOptions(sendOptions, BUTTON_MESSAGE_OPTIONS);
    const issue = durationIssue('answerWithinMs', answerWithinMs, 1);
    if (issue) throw new InvalidMessageError([issue]);
    const checked = this.sender.checked(message, sendOptions);
    checkOffersReply(checked);
    const id = newId();
    const replyWait = this.pendingReplies.open();
    // Before the send, because the reply may arrive before the response.
    replyWait.listenTo(id);
    try {
      const context = sendContext(sendOptions, { id, expectsReply: true });
      const sent = await this.sender.send(checked, sendOptions, context);
      replyWait.listenTo(sent.id);
      return await replyWait.first(answerWithinMs, sent, options.signal);
    } finally {
      replyWait.end();
    }
  }

  /**
   * Replies to an event: sends a message to its person, group or conversation, through the account that received it. It
   * quotes the message only with `inReplyTo`.
   *
   * @throws InvalidMessageError if the event has no sender to reply to.
   * @throws What `send` throws.
   *
   * @example
   * \@OnTextMessage()
   * async answer(event: TextMessageEvent) {
   *   await this.messaging.reply(event, { text: 'Thank you. We will call you.' }, { inReplyTo: event.messageId });
   * }
   */
  async reply(event: RepliableEvent, content: MessageContent, options: ReplyOptions = {}): Promise<SentMessage> {
    checkSendOptions(options, REPLY_OPTIONS);
    return await this.send(replyTo(event, content), { ...options, account: event.account });
  }

  /**
   * Shows the sender of a message that it was read. Safe to repeat.
   *
   * @throws UnsupportedMessageError for Chatvolt and custom providers, which have no such request.
   *
   * @example
   * await this.messaging.markRead(event, { typing: true });
   */
  async markRead(event: RepliableEvent, options: MarkReadOptions = {}): Promise<void> {
    checkOptionNames(options, MARK_READ_OPTIONS);
    checkRepliable(event);
    const account = await this.config.account(event.account);
    const provider = this.providers.of(account);
    if (!provider.markRead) {
      const details = { provider: account.provider, account: account.name };
      throw new UnsupportedMessageError([`${account.provider} cannot mark messages as read`], details);
    }
    await provider.markRead(event, account, options, requestContext({}));
  }

  /**
   * Ends all pauses and open circuits of an account, for example after its problem is solved. Its next message is sent
   * at once. Circuits are per process. Pauses are shared if the store is.
   *
   * @throws UnknownAccountError if the account does not exist.
   *
   * @example
   * await this.messaging.resume('official'); // its invoice is paid
   */
  async resume(account: string): Promise<void> {
    await this.executor.resume(await this.config.account(account));
  }
}
