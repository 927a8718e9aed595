import { Injectable } from '@nestjs/common';
import type { Account, AccountOf } from '../config/accounts/account.js';
import type { ProviderName } from '../config/accounts/account-options.interface.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { UnknownOutcomeError } from '../errors/outcome.errors.js';
import { checkSendOptions } from '../message/check-send-options.js';
import type { MessageLimits } from '../message/limits.js';
import { newId } from '../message/new-id.js';
import {
  type AnyOptionNames,
  type OptionNames,
  SEND_OPTIONS,
  type SendOptions,
} from '../message/send-options.interface.js';
import { withCountryCodes } from '../message/with-country-codes.js';
import { IdempotencyService } from '../resilience/idempotency.service.js';
import { type DtoClass, DtoValidator } from '../validation/index.js';
import { withLookupErrors } from './lookup-errors.js';
import { ProviderClient, type ReadCall } from './provider.client.js';
import type { OutgoingMessage, ProviderAdapter } from './provider-adapter.interface.js';
import type { ProviderOperation } from './provider-operation.js';
import { type ReadOptions, requestContext, type SendContext, sendContext } from './send-context.js';
import { SendsInFlight } from './sends-in-flight.js';
import { SentMessageRecorder } from './sent-message.recorder.js';

/** The names of the options of a read. */
export const READ_OPTIONS: OptionNames<ReadOptions> = {
  account: true,
  signal: true,
  timeoutMs: true,
  deadlineMs: true,
};

/** The steps that the provider services share: account lookup, validation, idempotency, sending. */
@Injectable()
export class ProviderOperations {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly validator: DtoValidator,
    private readonly client: ProviderClient,
    private readonly idempotency: IdempotencyService,
    private readonly sentMessages: SentMessageRecorder,
    private readonly inFlightSends: SendsInFlight,
  ) {}

  /**
   * Finds the account of a call.
   *
   * @param known The names of the options that the call accepts.
   * @throws UnknownAccountError if no account matches.
   */
  account<P extends ProviderName>(provider: P, options: ReadOptions, known: AnyOptionNames): Promise<AccountOf<P>> {
    checkSendOptions(options, known);
    const { account: name } = options;
    const lookUp = this.config.accountOf(provider, name);
    return this.config.findConfiguredAccount(name) ? lookUp : withLookupErrors(lookUp, name, requestContext(options));
  }

  /** Adds the default country code to the phone numbers of a DTO. */
  withCountryCodes<Dto>(dto: Dto): Dto {
    return withCountryCodes(dto, this.config.defaultCountry);
  }

  /** Returns all issues of a DTO. */
  issuesOf(dtoClass: DtoClass, dto: object, limits?: MessageLimits): Issue[] {
    return this.validator.validate(dtoClass, dto, limits);
  }

  /** Throws if there are issues. @throws InvalidMessageError with the issues. */
  rejectInvalid(issues: readonly Issue[], account: Account): void {
    if (issues.length === 0) return;
    throw new InvalidMessageError(issues, { provider: account.provider, account: account.name });
  }

  /**
   * Validates a DTO and sends it.
   *
   * @param limits Default: WhatsApp's limits.
   */
  async sendDto<P extends ProviderName, Dto extends object, Result>(
    provider: P,
    adapter: ProviderAdapter<AccountOf<P>, Result>,
    operation: ProviderOperation<Dto, AccountOf<P>>,
    given: Dto,
    options: SendOptions = {},
    limits?: MessageLimits,
  ): Promise<Result> {
    const international = this.withCountryCodes(given);
    const account = await this.account(provider, options, SEND_OPTIONS);
    const dto = operation.complete?.(international, account) ?? international;
    this.rejectInvalid([...this.issuesOf(operation.dto, dto, limits), ...(operation.issues?.(dto) ?? [])], account);
    return this.send(adapter, operation.outgoingOf(dto), account, options);
  }

  /** Sends a message, once per idempotency key. */
  private send<A extends Account, Result>(
    provider: ProviderAdapter<A, Result>,
    outgoing: OutgoingMessage,
    account: A,
    options: SendOptions,
  ): Promise<Result> {
    const context = sendContext(options, { id: newId() });
    const { operation, path, body } = outgoing;
    const call = { key: options.idempotencyKey, scope: [account.name], content: { operation, path, body } };
    return this.idempotency.runOnce(call, context, (signal) =>
      this.sendAndRecord(provider, outgoing, account, signal === context.signal ? context : { ...context, signal }),
    );
  }

  private async sendAndRecord<A extends Account, Result>(
    provider: ProviderAdapter<A, Result>,
    outgoing: OutgoingMessage,
    account: A,
    context: SendContext,
  ): Promise<Result> {
    const { id } = context;
    const inFlightSend = this.inFlightSends.open(account.name, outgoing.to);
    try {
      const accepted = await provider.send(outgoing, account, { inFlightSend, ...context });
      await this.sentMessages.record({ sent: accepted.sent, parts: [accepted] });
      return accepted.result;
    } catch (error) {
      if (error instanceof ButtonMessagingError && error.outcome === 'unknown') {
        if (error instanceof UnknownOutcomeError) error.id = id;
        await this.sentMessages.recordUnknown({ id, account, outgoing, metadata: context.metadata });
      }
      throw error;
    } finally {
      inFlightSend.end();
    }
  }

  /** Makes a request that may be repeated. */
  read<Result>(call: ReadCall<Result>, options: ReadOptions): Promise<Result> {
    return this.client.read(call, requestContext(options));
  }
}
