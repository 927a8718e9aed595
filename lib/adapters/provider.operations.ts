import { setMaxListeners } from 'node:events';
import { Injectable } from '@nestjs/common';
import { Deadline } from '../async/deadline.js';
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
import type { AnyOptionNames, OptionNames } from '../message/option-names.js';
import type { SendOptions } from '../message/send-options.interface.js';
import { withCountryCodes } from '../message/with-country-codes.js';
import { IdempotencyService } from '../resilience/idempotency.service.js';
import { type DtoClass, DtoValidator } from '../validation/index.js';
import { ProviderClient, type ReadCall } from './provider.client.js';
import type { OutgoingMessage, ProviderAdapter, SendLimits } from './provider-adapter.interface.js';
import { SendsInFlight } from './sends-in-flight.js';
import { SentMessageRecorder } from './sent-message.recorder.js';

/** The options of a read, which sends nothing. */
export type ReadOptions = Pick<SendOptions, 'account' | 'signal' | 'timeoutMs' | 'deadlineMs'>;

/** Their names. */
export const READ_OPTIONS: OptionNames<ReadOptions> = {
  account: true,
  signal: true,
  timeoutMs: true,
  deadlineMs: true,
};

/** What the provider services share: the account that is meant, the rules, the key, the deadline. */
@Injectable()
export class ProviderOperations {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly validator: DtoValidator,
    private readonly client: ProviderClient,
    private readonly guard: IdempotencyService,
    private readonly sentMessages: SentMessageRecorder,
    private readonly flights: SendsInFlight,
  ) {}

  /**
   * @param known The names of the options that the call has.
   * @throws UnknownAccountError where none can be meant.
   */
  account<P extends ProviderName>(provider: P, options: ReadOptions, known: AnyOptionNames): Promise<AccountOf<P>> {
    checkSendOptions(options, known);
    return this.config.accountOf(provider, options.account);
  }

  /** A DTO with its phone numbers read in the default country. */
  withCountryCodes<Dto>(dto: Dto): Dto {
    return withCountryCodes(dto, this.config.defaultCountry);
  }

  /** All faults of a DTO. */
  issuesOf(dtoClass: DtoClass, dto: object, limits?: MessageLimits): Issue[] {
    return this.validator.validate(dtoClass, dto, limits);
  }

  /** @throws InvalidMessageError where there are faults. */
  refuse(issues: readonly Issue[], account: Account): void {
    if (issues.length === 0) return;
    throw new InvalidMessageError(issues, { provider: account.provider, account: account.name });
  }

  /** Sends once for each key. */
  send<A extends Account, Result>(
    provider: ProviderAdapter<A, Result>,
    outgoing: OutgoingMessage,
    account: A,
    options: SendOptions,
  ): Promise<Result> {
    const limits = limitsOf(options);
    const { idempotencyKey: key } = options;
    if (key === undefined) return this.sendAndRemember(provider, outgoing, account, limits);
    const { operation, path, body } = outgoing;
    const { deadline, signal } = limits;
    const call = { key, scope: [account.name], content: { operation, path, body }, deadline, signal };
    return this.guard.once(call, (shared) =>
      this.sendAndRemember(provider, outgoing, account, { ...limits, signal: shared }),
    );
  }

  private async sendAndRemember<A extends Account, Result>(
    provider: ProviderAdapter<A, Result>,
    outgoing: OutgoingMessage,
    account: A,
    limits: SendLimits,
  ): Promise<Result> {
    const id = newId();
    const flight = this.flights.open(account.name, outgoing.to);
    try {
      const accepted = await provider.send(outgoing, account, { id, ...limits, flight });
      const kept = this.sentMessages.remember({ sent: accepted.sent, parts: [accepted] });
      if (kept) await kept;
      return accepted.result;
    } catch (error) {
      if (error instanceof ButtonMessagingError && error.outcome === 'unknown') {
        if (error instanceof UnknownOutcomeError) error.id = id;
        await this.sentMessages.rememberUnknown({ id, account, outgoing });
      }
      throw error;
    } finally {
      flight.end();
    }
  }

  /** Asks something that may be asked again. */
  read<Result>(call: ReadCall<Result>, options: ReadOptions): Promise<Result> {
    return this.client.read(call, limitsOf(options));
  }
}

/** The limits of a call, its deadline beginning now. */
export function limitsOf(options: ReadOptions): SendLimits {
  // One signal may end many sends, and those that wait listen to it each for itself.
  if (options.signal) setMaxListeners(0, options.signal);
  return { signal: options.signal, timeoutMs: options.timeoutMs, deadline: new Deadline(options.deadlineMs) };
}
