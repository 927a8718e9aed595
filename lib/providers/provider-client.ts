import type { Account } from '../config/account.js';
import type { Delivered, Delivery } from '../delivery/delivery.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { ProviderUnavailableError } from '../errors/provider.errors.js';
import { newId } from '../message/new-id.js';
import { maskRecipient } from '../message/recipient.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { loggedError } from '../telemetry/logged-error.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { AttemptEnd, AttemptLimits } from '../transport/attempt.js';
import { type HttpAnswer, type RawAnswer, readAnswer } from '../transport/http-answer.js';
import type { HttpRequest } from '../transport/http-request.interface.js';
import type { HttpTransport } from '../transport/http-transport.js';
import type { Entrance } from './entrance.js';
import type { Accepted, OutgoingMessage, SendLimits } from './messaging-provider.js';

/** What every call says of itself. */
interface CallFacts {
  account: Account;
  operation: string;
  recipient?: string;
  /** The message that it sends, if it does. */
  outgoing?: OutgoingMessage;
  /** True of reads: they may be repeated whatever became of them. */
  repeatable: boolean;
}

/** What a call asks of a provider, and how its answer is read. */
export interface HttpCall<Result> extends CallFacts {
  /** The way into the account, asked for once for each account. */
  enter(): Entrance;
  /** Builds the request. It holds secrets, so it is dropped after its attempt. */
  request(entrance: Entrance): HttpRequest;
  /** What the answer means. @throws ButtonMessagingError where it is no success. */
  read(answer: HttpAnswer): Result;
}

/** The id that a provider gave a message, if it gave one. */
export interface GivenId {
  messageId?: string;
}

/** A call that goes by a way of its own. */
export interface OwnCall<Result> extends CallFacts {
  /** One request. @throws ButtonMessagingError where it is no success. */
  attempt(limits: AttemptLimits): Promise<GivenId>;
  resultOf(given: GivenId): Result;
}

export type ProviderCall<Result> = HttpCall<Result> | OwnCall<Result>;

/** How a provider is spoken to: its requests, and the reading of its answers. */
export interface Wire<A extends Account, Result> {
  /** The way into an account, asked for once for each account. */
  enter(account: A): Entrance;
  read(answer: HttpAnswer, account: A): Result;
  messageId(result: Result): string | undefined;
}

/** The one way from a provider's form of a message to the provider and back. */
export class ProviderClient {
  // Accounts come and go where the application finds them itself.
  readonly #entrances = new WeakMap<Account, Entrance>();

  constructor(
    private readonly transport: HttpTransport,
    private readonly delivery: Delivery,
    private readonly logger: MessagingLogger,
  ) {}

  /** Sends a message. */
  send<A extends Account, Result>(
    wire: Wire<A, Result>,
    account: A,
    outgoing: OutgoingMessage,
    limits: SendLimits,
  ): Promise<Accepted<Result>> {
    return this.accepted(new MessageCall(wire, account, outgoing), outgoing, limits, wire.messageId);
  }

  /** Sends a message by a way that is not ours. */
  sendBy(
    attempt: OwnCall<GivenId>['attempt'],
    account: Account,
    outgoing: OutgoingMessage,
    limits: SendLimits,
  ): Promise<Accepted<GivenId>> {
    const { operation, recipient } = outgoing;
    const facts = { account, operation, recipient, outgoing, repeatable: false };
    const call: OwnCall<GivenId> = { ...facts, attempt, resultOf: (given) => given };
    return this.accepted(call, outgoing, limits, ({ messageId }) => messageId);
  }

  /** Makes a call as often as it may be tried. */
  call<Result>(call: ProviderCall<Result>, limits: SendLimits): Promise<Delivered<Result>> {
    return this.delivery.deliver(call, (attemptLimits) => this.attempt(call, limits, attemptLimits), limits);
  }

  private async attempt<Result>(
    call: ProviderCall<Result>,
    { beforeRequest }: SendLimits,
    attemptLimits: AttemptLimits,
  ): Promise<Result> {
    try {
      if (!call.repeatable && beforeRequest) await beforeRequest();
      if ('attempt' in call) return call.resultOf(await call.attempt(attemptLimits));
      const end = await this.transport.attempt(call.request(this.entranceOf(call)), attemptLimits);
      const answer = readAnswer(answerOf(end, call.account));
      return call.read(answer instanceof Promise ? await answer : answer);
    } catch (error) {
      if (error instanceof ButtonMessagingError) throw error;
      // Something that is no error of ours came up around the request: it may have left.
      throw new UnknownOutcomeError('The answer could not be understood', detailsOf(call.account));
    }
  }

  private async accepted<Result>(
    call: ProviderCall<Result>,
    outgoing: OutgoingMessage,
    limits: SendLimits,
    messageIdOf: (result: Result) => string | undefined,
  ): Promise<Accepted<Result>> {
    try {
      const { value: result, attempts } = await this.call(call, limits);
      this.logger.debug(() => `${nameOf(call, outgoing)} was accepted after ${attempts} request(s).`);
      return { sent: sentMessage(call.account, limits.id ?? newId(), messageIdOf(result), attempts), result, outgoing };
    } catch (error) {
      if (error instanceof ButtonMessagingError)
        this.logger.warn(`${nameOf(call, outgoing)} failed (${error.outcome}): ${loggedError(error)}`);
      throw error;
    }
  }

  private entranceOf(call: HttpCall<unknown>): Entrance {
    const known = this.#entrances.get(call.account);
    if (known) return known;
    const entrance = call.enter();
    this.#entrances.set(call.account, entrance);
    return entrance;
  }
}

/** The call that sends a message. */
class MessageCall<A extends Account, Result> implements HttpCall<Result> {
  readonly operation: string;
  readonly recipient: string;
  readonly repeatable = false;
  private readonly body: string;

  constructor(
    private readonly wire: Wire<A, Result>,
    readonly account: A,
    readonly outgoing: OutgoingMessage,
  ) {
    this.operation = outgoing.operation;
    this.recipient = outgoing.recipient;
    this.body = JSON.stringify(outgoing.body);
  }

  enter(): Entrance {
    return this.wire.enter(this.account);
  }

  request(entrance: Entrance): HttpRequest {
    return entrance.post(this.outgoing.path, this.body);
  }

  read(answer: HttpAnswer): Result {
    return this.wire.read(answer, this.account);
  }
}

function nameOf({ account, operation }: CallFacts, { recipient }: OutgoingMessage): string {
  return `${operation} of account ${account.name} to ${maskRecipient(recipient)}`;
}

function sentMessage(account: Account, id: string, messageId: string | undefined, attempts: number): SentMessage {
  return {
    id,
    provider: account.provider,
    account: account.name,
    acceptedAt: new Date(),
    attempts,
    ...(messageId !== undefined && { messageId }),
  };
}

function detailsOf(account: Account) {
  return { provider: account.provider, account: account.name };
}

/** The answer of an attempt that got one. */
function answerOf(end: AttemptEnd, account: Account): RawAnswer {
  const details = detailsOf(account);
  switch (end.kind) {
    case 'answered':
      return end.answer;
    case 'never-left':
      throw new ProviderUnavailableError(`${account.provider} could not be reached (${end.reason})`, details);
    case 'lost':
      throw new UnknownOutcomeError(
        `The request to ${account.provider} left, and no answer came back (${end.reason})`,
        details,
      );
    case 'closed':
      throw new SendAbortedError('The application is shut down; nothing is sent any more', 'not-sent', details);
    case 'aborted':
      throw end.left
        ? new SendAbortedError('The send was aborted after its request had left', 'unknown', details)
        : new SendAbortedError('The send was aborted before its request left', 'not-sent', details);
  }
}
