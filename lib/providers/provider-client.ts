import type { Account } from '../config/account.js';
import type { Delivered, Delivery } from '../delivery/delivery.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { SendAbortedError, UnknownOutcomeError } from '../errors/outcome.errors.js';
import { ProviderUnavailableError } from '../errors/provider.errors.js';
import { newId } from '../message/new-id.js';
import { maskRecipient } from '../message/recipient.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';
import type { AttemptEnd } from '../transport/attempt.js';
import { type HttpAnswer, type RawAnswer, readAnswer } from '../transport/http-answer.js';
import type { HttpRequest } from '../transport/http-request.interface.js';
import type { HttpTransport } from '../transport/http-transport.js';
import type { Entrance } from './entrance.js';
import type { Accepted, OutgoingMessage, SendLimits } from './messaging-provider.js';

/** What a call asks of a provider, and how its answer is read. */
export interface ProviderCall<Result> {
  account: Account;
  operation: string;
  recipient?: string;
  /** The message that it sends, if it does. */
  outgoing?: OutgoingMessage;
  /** True of reads: they may be repeated whatever became of them. */
  repeatable: boolean;
  /** The way into the account, asked for once for each account. */
  enter(): Entrance;
  /** Builds the request. It holds secrets, so it is dropped after its attempt. */
  request(entrance: Entrance): HttpRequest;
  /** What the answer means. @throws ButtonMessagingError where it is no success. */
  read(answer: HttpAnswer): Result;
}

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
  async send<A extends Account, Result>(
    wire: Wire<A, Result>,
    account: A,
    outgoing: OutgoingMessage,
    limits: SendLimits,
  ): Promise<Accepted<Result>> {
    const { operation, path, recipient } = outgoing;
    const body = JSON.stringify(outgoing.body);
    const call: ProviderCall<Result> = {
      account,
      operation,
      recipient,
      outgoing,
      repeatable: false,
      enter: () => wire.enter(account),
      request: (entrance) => entrance.post(path, body),
      read: (answer) => wire.read(answer, account),
    };
    const what = () => `${operation} of account ${account.name} to ${maskRecipient(recipient)}`;
    try {
      const { value: result, attempts } = await this.call(call, limits);
      this.logger.debug(() => `${what()} was accepted after ${attempts} request(s).`);
      return { sent: sentMessage(account, limits.id ?? newId(), wire.messageId(result), attempts), result, outgoing };
    } catch (error) {
      if (error instanceof ButtonMessagingError)
        this.logger.warn(`${what()} failed (${error.outcome}): ${error.message}`);
      throw error;
    }
  }

  /** Makes a call as often as it may be tried. */
  call<Result>(call: ProviderCall<Result>, limits: SendLimits): Promise<Delivered<Result>> {
    const { account, operation, recipient, repeatable } = call;
    return this.delivery.deliver(
      {
        account,
        operation,
        recipient,
        repeatable,
        attempt: async (attemptLimits) => {
          if (!repeatable && limits.beforeRequest) await limits.beforeRequest();
          const end = await this.transport.attempt(call.request(this.entranceOf(call)), attemptLimits);
          const answer = readAnswer(answerOf(end, account));
          return call.read(answer instanceof Promise ? await answer : answer);
        },
      },
      limits,
    );
  }

  private entranceOf({ account, enter }: ProviderCall<unknown>): Entrance {
    const known = this.#entrances.get(account);
    if (known) return known;
    const entrance = enter();
    this.#entrances.set(account, entrance);
    return entrance;
  }
}

function sentMessage(account: Account, id: string, messageId: string | undefined, attempts: number): SentMessage {
  return {
    id,
    provider: account.provider,
    account: account.name,
    ...(messageId !== undefined && { messageId }),
    acceptedAt: new Date(),
    attempts,
  };
}

/** The answer of an attempt that got one. */
function answerOf(end: AttemptEnd, account: Account): RawAnswer {
  const details = { provider: account.provider, account: account.name };
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
