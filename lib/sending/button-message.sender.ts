import { Injectable } from '@nestjs/common';
import { limitsOf } from '../adapters/provider.operations.js';
import type { SendLimits } from '../adapters/provider-adapter.interface.js';
import type { Account } from '../config/accounts/account.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import type { Issue } from '../errors/issue.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { ButtonMessageDto } from '../message/button-message.dto.js';
import type { ButtonMessage } from '../message/button-message.interface.js';
import type { ButtonMessageOptions } from '../message/button-message-options.interface.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { withCountryCodes } from '../message/with-country-codes.js';
import { IdempotencyService } from '../resilience/idempotency.service.js';
import { DtoValidator } from '../validation/index.js';
import { type Candidate, MessageSender } from './message.sender.js';

/** What whoever sends adds to the caller's options. */
export interface SendCircumstances
  extends Pick<SendLimits, 'maxWaitMs' | 'attempts' | 'correlationId' | 'beforeRequest'> {
  /** The `id` that the `SentMessage` gets. */
  id: string;
  /** Somebody waits for the answer. */
  asked?: boolean;
  /** Runs once it is accepted as a whole, before it is remembered. */
  onAccepted?: (() => void) | undefined;
}

/** The way of a `ButtonMessage` from its check to its accounts, once for each key. */
@Injectable()
export class ButtonMessageSender {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly validator: DtoValidator,
    private readonly guard: IdempotencyService,
    private readonly sender: MessageSender,
  ) {}

  /** All faults of a message. */
  issuesOf(message: unknown): Issue[] {
    return this.validator.validate(ButtonMessageDto, message, this.config.limits);
  }

  /** The message with its phone numbers read in the default country, unchecked. */
  withCountryCodes<T>(message: T): T {
    return withCountryCodes(message, this.config.defaultCountry);
  }

  /** The message as it is sent: read and checked. @throws InvalidMessageError with all faults. */
  checked(given: ButtonMessage | ButtonMessageDto): ButtonMessage {
    const message = this.withCountryCodes(given);
    const issues = this.issuesOf(message);
    if (!isChecked(message, issues)) throw new InvalidMessageError(issues);
    return message;
  }

  /**
   * The accounts that may send; at once, where nothing is to be looked up. Of several one is enough.
   *
   * @throws UnknownAccountError, ConfigurationError, InvalidMessageError.
   */
  accountsOf(options: ButtonMessageOptions): Promise<Account[]> | Account[] {
    const { via } = options;
    if (via === undefined) {
      const known = this.config.findConfiguredAccount(options.account);
      return known ? [known] : this.config.account(options.account).then((only) => [only]);
    }
    checkVia(options);
    return Promise.allSettled(via.map((name) => this.config.account(name))).then((found) => {
      const accounts = found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      const last = found.at(-1);
      if (accounts.length === 0 && last?.status === 'rejected') throw last.reason;
      return accounts;
    });
  }

  /** Sends a checked message. */
  send(message: ButtonMessage, options: ButtonMessageOptions, circumstances: SendCircumstances): Promise<SentMessage> {
    if (options.via !== undefined) {
      checkVia(options);
      const candidates = options.via.map((name) => ({ name, find: () => this.config.account(name) }));
      return this.sendBy(candidates, message, options, circumstances);
    }
    const known = this.config.findConfiguredAccount(options.account);
    return known
      ? this.sendBy([{ name: known.name, account: known }], message, options, circumstances)
      : this.config
          .account(options.account)
          .then((only) => this.sendBy([{ name: only.name, account: only }], message, options, circumstances));
  }

  private sendBy(
    candidates: readonly Candidate[],
    message: ButtonMessage,
    options: ButtonMessageOptions,
    circumstances: SendCircumstances,
  ): Promise<SentMessage> {
    const { id, asked = false, onAccepted, maxWaitMs, attempts, correlationId, beforeRequest } = circumstances;
    const limits = { maxWaitMs, attempts, correlationId, beforeRequest, ...limitsOf(options) };
    const { idempotencyKey: key, mixed, fallback, lateFallback } = options;
    const toSend = { id, message, options: { mixed, fallback, lateFallback }, asked, onAccepted };
    if (key === undefined) return this.sender.send(toSend, candidates, limits);
    const { deadline, signal } = limits;
    const scope = candidates.map(({ name }) => name);
    const call = { key, scope, content: { message, mixed, fallback }, deadline, signal };
    return this.guard.once(call, (shared) => this.sender.send(toSend, candidates, { ...limits, signal: shared }));
  }
}

/** A checked message has the fields that its kinds of button need. */
export function isChecked(
  _message: ButtonMessage | ButtonMessageDto,
  issues: readonly Issue[],
): _message is ButtonMessage {
  return issues.length === 0;
}

function checkVia({ via, account }: ButtonMessageOptions): void {
  if (!Array.isArray(via) || via.length === 0 || account !== undefined) throw new InvalidMessageError([badVia()]);
}

function badVia(): Issue {
  const message = 'options.via must be a list of account names, and not stand beside options.account';
  return { path: 'options.via', rule: 'isList', message };
}
