import { Injectable } from '@nestjs/common';
import type { Account } from '../config/accounts/account.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { UnknownOutcomeError } from '../errors/outcome.errors.js';
import { maskRecipient } from '../message/recipient.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { type ExecutionResult, RequestExecutor } from '../resilience/request.executor.js';
import { fieldsOf, type LogFields } from '../telemetry/log-fields.js';
import { loggedError } from '../telemetry/logged-error.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { HostConnections, type ReleaseConnection } from '../transport/host-connections.js';
import type { HttpRequest } from '../transport/http-request.interface.js';
import { type HttpResponse, parseResponse } from '../transport/http-response.js';
import { HttpTransport } from '../transport/http-transport.js';
import type { AttemptLimits } from '../transport/request-attempt.js';
import { accountDetails, isOwnRefusal, noConnectionError, readError, responseOf } from './attempt-errors.js';
import { MessageCall } from './message-call.js';
import type { OutgoingMessage, ResponseFacts, SendResult } from './provider-adapter.interface.js';
import type { RequestBuilder } from './request-builder.js';
import type { RequestContext, SendContext } from './send-context.js';

/** What every call says of itself. */
interface ProviderRequestFacts {
  account: Account;
  operation: string;
  recipient?: string;
  /** The message that it sends, if it does. */
  outgoing?: OutgoingMessage;
  /** True of reads: they may be repeated whatever became of them. */
  repeatable: boolean;
}

/** What a call asks of a provider, and how its answer is read. */
export interface HttpProviderCall<Result> extends ProviderRequestFacts {
  /** The way into the account, asked for once for each account. */
  requestBuilderFor(): RequestBuilder;
  /** Builds the request. It holds secrets, so it is dropped after its attempt. */
  request(builder: RequestBuilder): HttpRequest;
  /** What the answer means. @throws ButtonMessagingError where it is no success. */
  read(answer: HttpResponse): Result;
}

/** A call that sends nothing: it may be repeated whatever became of it. */
export type ReadCall<Result> = Omit<HttpProviderCall<Result>, 'repeatable' | 'outgoing'>;

/** The id that a provider gave a message, if it gave one. */
export interface ProviderMessageId {
  messageId?: string;
}

/** A call that goes by a way of its own. */
export interface CustomProviderCall<Result> extends ProviderRequestFacts {
  /** One request. @throws ButtonMessagingError where it is no success. */
  attempt(limits: AttemptLimits): Promise<ProviderMessageId>;
  resultOf(given: ProviderMessageId): Result;
}

/** The context of a send, or of a request that sends nothing. */
export type CallContext = RequestContext & Partial<SendContext>;

export type ProviderCall<Result> = HttpProviderCall<Result> | CustomProviderCall<Result>;

/** How a provider is spoken to: its requests, and the reading of its answers. */
export interface WireFormat<A extends Account, Result> {
  /** The way into an account, asked for once for each account. */
  requestBuilderFor(account: A): RequestBuilder;
  /** @param sent What went out, path and body: some providers repeat it in their errors. */
  read(answer: HttpResponse, account: A, sent: string): Result;
  /** What the provider says of the message that it accepted. */
  facts(result: Result): ResponseFacts;
}

/** The one way from a provider's form of a message to the provider and back. */
@Injectable()
export class ProviderClient {
  // Accounts come and go where the application finds them itself.
  readonly #requestBuilders = new WeakMap<Account, RequestBuilder>();

  constructor(
    private readonly transport: HttpTransport,
    private readonly executor: RequestExecutor,
    private readonly logger: MessagingLogger,
    private readonly connections: HostConnections,
  ) {}

  /** Sends a message. */
  send<A extends Account, Result>(
    wire: WireFormat<A, Result>,
    account: A,
    outgoing: OutgoingMessage,
    context: SendContext,
  ): Promise<SendResult<Result>> {
    return this.sendResult(new MessageCall(wire, account, outgoing), outgoing, context, wire.facts);
  }

  /** Sends a message by a way that is not ours. */
  sendBy(
    attempt: CustomProviderCall<ProviderMessageId>['attempt'],
    account: Account,
    outgoing: OutgoingMessage,
    context: SendContext,
  ): Promise<SendResult<ProviderMessageId>> {
    const { operation, recipient } = outgoing;
    const facts = { account, operation, recipient, outgoing, repeatable: false };
    const call: CustomProviderCall<ProviderMessageId> = { ...facts, attempt, resultOf: (given) => given };
    return this.sendResult(call, outgoing, context, (given) => given);
  }

  /** For what is asked for a message's sake. @throws BreakerOpenError while the account may send nothing. */
  refuseResting(account: Account): void {
    this.executor.refuseResting(account);
  }

  /** Asks something that may be asked again. */
  async read<Result>(call: ReadCall<Result>, context: RequestContext): Promise<Result> {
    return (await this.call({ ...call, repeatable: true }, context)).value;
  }

  /** Makes a call as often as it may be tried. */
  call<Result>(call: ProviderCall<Result>, context: CallContext): Promise<ExecutionResult<Result>> {
    return this.executor.execute(call, (attemptLimits) => this.attempt(call, context, attemptLimits), context);
  }

  private async attempt<Result>(
    call: ProviderCall<Result>,
    { beforeRequest, inFlightSend: flight }: CallContext,
    attemptLimits: AttemptLimits,
  ): Promise<Result> {
    let giveBack: ReleaseConnection | undefined;
    try {
      if (!call.repeatable && beforeRequest) {
        const connection = this.connectionFor(call, attemptLimits);
        giveBack = connection instanceof Promise ? await connection : connection;
        if (!giveBack) throw noConnectionError(call.account, attemptLimits);
        await beforeRequest();
      }
      if (!call.repeatable) flight?.leave();
      if ('attempt' in call) return call.resultOf(await call.attempt(attemptLimits));
      const end = await this.transport.attempt(call.request(this.requestBuilderOf(call)), attemptLimits);
      const answer = parseResponse(responseOf(end, call.account));
      return call.read(answer instanceof Promise ? await answer : answer);
    } catch (error) {
      // Something that is no error of ours came up around the request: it may have left.
      const ours =
        error instanceof ButtonMessagingError
          ? error
          : new UnknownOutcomeError('The answer could not be understood', accountDetails(call.account));
      throw call.repeatable ? readError(ours, call) : ours;
    } finally {
      giveBack?.();
    }
  }

  private connectionFor<Result>(
    call: ProviderCall<Result>,
    limits: AttemptLimits,
  ): Promise<ReleaseConnection | undefined> | ReleaseConnection {
    if ('attempt' in call) return nothingToGiveBack;
    return this.connections.acquire(this.requestBuilderOf(call).origin, limits);
  }

  private async sendResult<Result>(
    call: ProviderCall<Result>,
    outgoing: OutgoingMessage,
    context: SendContext,
    factsOf: (result: Result) => ResponseFacts,
  ): Promise<SendResult<Result>> {
    try {
      const { value: result, attempts, traceparent } = await this.call(call, context);
      const facts = factsOf(result);
      this.logger.debug(
        () => `${nameOf(call, outgoing)} was accepted after ${attempts} request(s).`,
        () => ({ ...logFieldsOf(call), outcome: 'accepted', messageId: facts.messageId, id: context.id, attempts }),
      );
      return {
        sent: sentMessage(call.account, outgoing, context.id, facts, attempts),
        result,
        facts,
        outgoing,
        traceparent,
      };
    } catch (error) {
      if (error instanceof ButtonMessagingError) {
        const line = () => `${nameOf(call, outgoing)} failed (${error.outcome}): ${loggedError(error)}`;
        // Nobody was asked: whoever waits for a turn tries again, and whoever waits for a provider was told before.
        const fields = () => ({ ...fieldsOf(error), ...logFieldsOf(call), id: context.id });
        if (isOwnRefusal(error)) this.logger.debug(line, fields);
        else this.logger.warn(line(), fields());
      }
      throw error;
    }
  }

  private requestBuilderOf(call: HttpProviderCall<unknown>): RequestBuilder {
    const known = this.#requestBuilders.get(call.account);
    if (known) return known;
    const builder = call.requestBuilderFor();
    this.#requestBuilders.set(call.account, builder);
    return builder;
  }
}

function nothingToGiveBack(): void {}

function logFieldsOf({ account, operation }: ProviderRequestFacts): LogFields {
  return { account: account.name, provider: account.provider, operation };
}

function nameOf({ account, operation }: ProviderRequestFacts, { recipient }: OutgoingMessage): string {
  return `${operation} of account ${account.name} to ${maskRecipient(recipient)}`;
}

function sentMessage(
  account: Account,
  outgoing: OutgoingMessage,
  id: string,
  { messageId, providerIds = messageId === undefined ? undefined : [messageId] }: ResponseFacts,
  attempts: number,
): SentMessage {
  return {
    id,
    provider: account.provider,
    account: account.name,
    to: outgoing.message?.to ?? outgoing.to,
    acceptedAt: new Date(),
    attempts,
    ...(messageId !== undefined && { messageId }),
    ...(providerIds !== undefined && { providerIds }),
  };
}
