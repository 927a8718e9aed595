import { Injectable } from '@nestjs/common';
import { type LookUpLimits, withLookupErrors } from '../adapters/lookup-errors.js';
import { ProviderRegistry } from '../adapters/provider.registry.js';
import type { OutgoingMessage, SendResult } from '../adapters/provider-adapter.interface.js';
import type { SendContext } from '../adapters/send-context.js';
import { SendsInFlight } from '../adapters/sends-in-flight.js';
import { SentMessageRecorder } from '../adapters/sent-message.recorder.js';
import type { Account } from '../config/accounts/account.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { mayAnotherAccountSend } from '../errors/account-errors.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { Issue } from '../errors/issue.js';
import { InvalidMessageError, UnsupportedMessageError } from '../errors/message.errors.js';
import { UnknownOutcomeError } from '../errors/outcome.errors.js';
import type { ButtonMessageOptions } from '../message/button-message-options.interface.js';
import type { ButtonMessageDto } from '../message/dto/button-message.dto.js';
import { dtoOfMessage } from '../message/dto/dto-of-message.js';
import { TemplateDto } from '../message/dto/template-message.dto.js';
import { isRichMessage, type Message, type TemplateMessage } from '../message/message.interface.js';
import { newId } from '../message/new-id.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { withCountryCodes } from '../message/with-country-codes.js';
import { IdempotencyService } from '../resilience/idempotency.service.js';
import { fieldsOf } from '../telemetry/log-fields.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { DtoValidator } from '../validation/index.js';
import { checkVia } from './check-via.js';
import { mergeParts, partialSendError } from './message-parts.js';
import { type Plan, planMessage, type SupportedPlan } from './message-plan.js';
import { templateFor, templateInstead } from './template-instead.js';

/** An account that may send. Accounts of `via` are looked up when needed, because the lookup may fail. */
interface Candidate {
  name: string;
  find(): Promise<Account> | Account;
}

type FailedAccount = NonNullable<SentMessage['tried']>;

/** Validates a message and sends it through the first account that accepts it, once for each idempotency key. */
@Injectable()
export class MessageSender {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly validator: DtoValidator,
    private readonly providers: ProviderRegistry,
    private readonly idempotency: IdempotencyService,
    private readonly recorder: SentMessageRecorder,
    private readonly inFlightSends: SendsInFlight,
    private readonly logger: MessagingLogger,
  ) {}

  /** Returns all issues of a message. */
  issuesOf(message: unknown): Issue[] {
    return this.validator.validate(dtoOfMessage(message), message, this.config.limits);
  }

  private templateIssues(template: unknown): Issue[] {
    return this.validator.validate(TemplateDto, template, this.config.limits, 'options.windowClosed');
  }

  /** Adds the default country code to the phone numbers of a message, without validation. */
  withCountryCodes<T>(message: T): T {
    return withCountryCodes(message, this.config.defaultCountry);
  }

  /** Validates a message. @throws InvalidMessageError with all issues. */
  checked(
    given: Message | ButtonMessageDto,
    { windowClosed }: Pick<ButtonMessageOptions, 'windowClosed'> = {},
  ): Message {
    const message = this.withCountryCodes(given);
    const own = this.issuesOf(message);
    const issues = windowClosed === undefined ? own : [...own, ...this.templateIssues(windowClosed)];
    if (!isChecked(message, issues)) throw new InvalidMessageError(issues);
    return message;
  }

  /**
   * Returns the accounts that may send. Of several, one must exist.
   *
   * @param limits The limits of the lookup.
   * @throws UnknownAccountError, ConfigurationError, InvalidMessageError, ProviderUnavailableError.
   */
  async accountsOf(options: ButtonMessageOptions, limits: LookUpLimits = {}): Promise<Account[]> {
    const candidates = await this.candidatesOf(options, limits);
    const found = await Promise.allSettled(candidates.map((candidate) => candidate.find()));
    const accounts = found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    const last = found.at(-1);
    if (accounts.length === 0 && last?.status === 'rejected') throw last.reason;
    return accounts;
  }

  /** Returns the requests of an account for a message, or the reasons why it does not support it. */
  plan(message: Message, account: Account, options: ButtonMessageOptions): Plan {
    return planMessage(message, this.providers.of(account), account, options);
  }

  /** Sends a valid message. */
  async send(message: Message, options: ButtonMessageOptions, context: SendContext): Promise<SentMessage> {
    const candidates = await this.candidatesOf(options, context);
    const { idempotencyKey: key, mixed, fallback, inReplyTo, windowClosed } = options;
    const content = { message, mixed, fallback, inReplyTo, windowClosed };
    const call = { key, scope: candidates.map(({ name }) => name), content };
    return this.idempotency.runOnce(call, context, (signal) =>
      this.sendByFirst(candidates, message, options, signal === context.signal ? context : { ...context, signal }),
    );
  }

  private async candidatesOf(options: ButtonMessageOptions, limits: LookUpLimits): Promise<Candidate[]> {
    if (options.via === undefined) {
      const known = this.config.findConfiguredAccount(options.account);
      const only = known ?? (await this.lookUp(options.account, limits));
      return [{ name: only.name, find: () => only }];
    }
    checkVia(options);
    return options.via.map((name) => ({ name, find: () => this.lookUp(name, limits) }));
  }

  private lookUp(name: string | undefined, limits: LookUpLimits): Promise<Account> {
    return withLookupErrors(this.config.account(name), name, limits);
  }

  /** Tries the next account after an error of the account, if nothing was sent. Throws the last error. */
  private async sendByFirst(
    candidates: readonly Candidate[],
    message: Message,
    options: ButtonMessageOptions,
    context: SendContext,
  ): Promise<SentMessage> {
    const tried: FailedAccount = [];
    for (const [index, candidate] of candidates.entries()) {
      try {
        return await this.sendBy(await candidate.find(), message, options, context, tried);
      } catch (error) {
        const next = candidates[index + 1];
        if (!(error instanceof ButtonMessagingError) || !mayAnotherAccountSend(error) || !next) throw error;
        tried.push({ account: candidate.name, code: error.code });
        this.logger.warn(
          `Account ${candidate.name} did not send a message (${error.code}). Trying ${next.name} next.`,
          { ...fieldsOf(error), account: candidate.name },
        );
      }
    }
    throw new UnsupportedMessageError(['no account is configured to send it']);
  }

  private sendBy(
    account: Account,
    message: Message,
    options: ButtonMessageOptions,
    context: SendContext,
    tried: FailedAccount,
  ): Promise<SentMessage> {
    const plan = this.plan(message, account, options);
    if ('reasons' in plan) {
      throw new UnsupportedMessageError(plan.reasons, { provider: account.provider, account: account.name });
    }
    const sending = this.sendPlan(plan, message, account, options, context, tried);
    if (!options.windowClosed) return sending;
    return sending.catch((error) => {
      const template = templateInstead(error, message, options);
      const templatePlan = template && this.templatePlan(template, account);
      if (!template || !templatePlan) throw error;
      return this.sendPlan(templatePlan, template, account, {}, context, tried);
    });
  }

  /** Returns the requests of a template that is sent instead of a message, if the account supports it. */
  private templatePlan(template: TemplateMessage, account: Account): SupportedPlan | undefined {
    const fields = { account: account.name, provider: account.provider };
    const plan = this.plan(template, account, {});
    if ('reasons' in plan) {
      const reasons = plan.reasons.join('; ');
      this.logger.warn(`Account ${account.name} cannot send the template of windowClosed: ${reasons}.`, fields);
      return undefined;
    }
    this.logger.log(`The 24-hour window is closed. Account ${account.name} sends a template instead.`, fields);
    return { ...plan, degraded: 'template' };
  }

  private async sendPlan(
    plan: SupportedPlan,
    message: Message,
    account: Account,
    options: ButtonMessageOptions,
    context: SendContext,
    tried: FailedAccount,
  ): Promise<SentMessage> {
    const inFlightSend = this.inFlightSends.open(account.name, message.to);
    const record = (sent: SentMessage, parts: SendResult<unknown>[]) => {
      const mayFallBack = options.lateFallback === 'text' && sent.degraded !== 'text' && isRichMessage(message);
      const lateFallback = mayFallBack ? message : undefined;
      const windowClosed = templateFor(message, options);
      return this.recorder.record({ sent, parts, expectsReply: context.expectsReply, lateFallback, windowClosed });
    };
    try {
      const parts = await this.sendParts(plan.parts, account, { inFlightSend, ...context }, record);
      const whole = mergeParts(parts, plan.degraded, context.id);
      const sent = tried.length > 0 ? { ...whole, tried } : whole;
      context.onAccepted?.();
      await record(sent, parts);
      return sent;
    } finally {
      inFlightSend.end();
    }
  }

  private async sendParts(
    parts: readonly OutgoingMessage[],
    account: Account,
    context: SendContext,
    record: (sent: SentMessage, parts: SendResult<unknown>[]) => Promise<void>,
  ): Promise<SendResult<unknown>[]> {
    const adapter = this.providers.of(account);
    const accepted: SendResult<unknown>[] = [];
    for (const part of parts) {
      try {
        accepted.push(await adapter.send(part, account, parts.length === 1 ? context : contextOfPart(context)));
      } catch (error) {
        if (!(error instanceof ButtonMessagingError)) throw error;
        const { id, expectsReply, metadata } = context;
        const whole = accepted.length > 0 ? partialSendError(error, account, accepted) : error;
        if (whole instanceof UnknownOutcomeError) whole.id = id;
        if (accepted.length > 0) await record(mergeParts(accepted, 'split', id), accepted);
        if (error.outcome === 'unknown') {
          await this.recorder.recordUnknown({ id, expectsReply, metadata, account, outgoing: part });
        }
        throw whole;
      }
    }
    return accepted;
  }
}

/** Checks that a message has no issues, so that its buttons have the fields of their types. */
export function isChecked(_message: Message | ButtonMessageDto, issues: readonly Issue[]): _message is Message {
  return issues.length === 0;
}

/** Removes the correlation ID: a status of one part says nothing about the others. */
function contextOfPart(context: SendContext): SendContext {
  return { ...context, id: newId(), correlationId: undefined };
}
