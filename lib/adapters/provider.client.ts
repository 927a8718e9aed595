import { Injectable } from '@nestjs/common';
import type { Account } from '../config/accounts/account.js';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { maskRecipient } from '../message/recipient.js';
import type { SentMessage } from '../message/sent-message.interface.js';
import { withoutUndefined } from '../message/without-undefined.js';
import {
  type ExecutionRequest,
  type ExecutionResult,
  RequestExecutor,
  requestFacts,
} from '../resilience/request.executor.js';
import { fieldsOf, loggedError } from '../telemetry/log-fields.js';
import { MessagingLogger } from '../telemetry/messaging.logger.js';
import { HostConnections, type ReleaseConnection } from '../transport/host-connections.js';
import type { HttpRequest } from '../transport/http-request.interface.js';
import { type HttpResponse, parseResponse } from '../transport/http-response.js';
import { HttpTransport } from '../transport/http-transport.js';
import type { AttemptLimits } from '../transport/request-attempt.js';
import { isLocalRejection, noConnectionError, readError, responseOf, unexpectedError } from './attempt-errors.js';
import type { OutgoingMessage, ResponseFacts, SendResult } from './provider-adapter.interface.js';
import type { RequestBuilder } from './request-builder.js';
import type { RequestContext, SendContext } from './send-context.js';

/** What every request has. Only reads are repeatable. */
interface ProviderRequestFacts extends ExecutionRequest {
  /** The message of a request that sends one. */
  outgoing?: OutgoingMessage;
}

/** An HTTP request to a provider, and the parser of its response. */
export interface HttpProviderCall<Result> extends ProviderRequestFacts {
  /** Creates the account's request builder. The client calls it once per account. */
  requestBuilderFor(): RequestBuilder;
  /** Builds the request. It contains secrets, so the client drops it after the attempt. */
  request(builder: RequestBuilder): HttpRequest;
  /** Parses the response. @throws ButtonMessagingError if the response is not a success. */
  read(response: HttpResponse): Result;
  /** Returns the body of a successful response, for `RecordingTransport`. */
  sampleBody(messageId: string): unknown;
}

/** A request that sends no message. */
export type ReadCall<Result> = Omit<HttpProviderCall<Result>, 'repeatable' | 'outgoing'>;

/** The provider's ID of a message, if it has one. */
export interface ProviderMessageId {
  messageId?: string;
}

/** A request of a custom provider. */
export interface CustomProviderCall<Result> extends ProviderRequestFacts {
  /** Makes one attempt. @throws ButtonMessagingError if it is not a success. */
  attempt(limits: AttemptLimits): Promise<ProviderMessageId>;
  resultOf(given: ProviderMessageId): Result;
}

/** The context of a send or read. */
export type CallContext = RequestContext & Partial<SendContext>;

export type ProviderCall<Result> = HttpProviderCall<Result> | CustomProviderCall<Result>;

/** The HTTP format of a provider: how to build requests and parse responses. */
export interface WireFormat<A extends Account, Result> {
  /** Creates the account's request builder. The client calls it once per account. */
  requestBuilderFor(account: A): RequestBuilder;
  /** @param sent Path and body of the request. Some providers repeat them in their errors. */
  read(response: HttpResponse, account: A, sent: string): Result;
  /** Returns what the response says about the accepted message. */
  facts(result: Result): ResponseFacts;
  /** Returns the body of a successful response, for `RecordingTransport`. */
  sampleBody(messageId: string, recipient: string): unknown;
}

/** Executes requests of all providers: one place for attempts, outcomes and logs. */
@Injectable()
export class ProviderClient {
  // Weak, because `resolveAccount` may return new accounts at any time.
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
    const { operation, recipient, path } = outgoing;
    const body = JSON.stringify(outgoing.body);
    const call: HttpProviderCall<Result> = {
      account,
      operation,
      recipient,
      outgoing,
      repeatable: false,
      requestBuilderFor: () => wire.requestBuilderFor(account),
      request: (builder) => builder.post(path, body),
      read: (response) => wire.read(response, account, `${path} ${body}`),
      sampleBody: (messageId) => wire.sampleBody(messageId, recipient),
    };
    return this.sendResult(call, outgoing, context, wire.facts);
  }

  /** Sends a message through a custom provider. */
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

  /** Makes a request that may be repeated. */
  async read<Result>(call: ReadCall<Result>, context: RequestContext): Promise<Result> {
    return (await this.call({ ...call, repeatable: true }, context)).value;
  }

  /** Makes a request, with retries. */
  call<Result>(call: ProviderCall<Result>, context: CallContext): Promise<ExecutionResult<Result>> {
    return this.executor.execute(call, (attemptLimits) => this.attempt(call, context, attemptLimits), context);
  }

  private async attempt<Result>(
    call: ProviderCall<Result>,
    { beforeRequest, inFlightSend }: CallContext,
    attemptLimits: AttemptLimits,
  ): Promise<Result> {
    let releaseConnection: ReleaseConnection | undefined;
    try {
      if (!call.repeatable && beforeRequest) {
        if (!('attempt' in call)) {
          releaseConnection = await this.connections.acquire(this.requestBuilderOf(call).origin, attemptLimits);
          if (!releaseConnection) throw noConnectionError(call.account, attemptLimits);
        }
        await beforeRequest();
      }
      if (!call.repeatable) inFlightSend?.leave();
      if ('attempt' in call) return call.resultOf(await call.attempt(attemptLimits));
      const end = await this.transport.attempt(call.request(this.requestBuilderOf(call)), attemptLimits);
      return call.read(await parseResponse(responseOf(end, call)));
    } catch (error) {
      const ours = error instanceof ButtonMessagingError ? error : unexpectedError(call);
      throw call.repeatable ? readError(ours, call) : ours;
    } finally {
      releaseConnection?.();
    }
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
        () => ({ ...requestFacts(call), outcome: 'accepted', messageId: facts.messageId, id: context.id, attempts }),
      );
      const sent = sentMessage(call.account, outgoing, context, facts, attempts);
      return { sent, result, facts, outgoing, traceparent };
    } catch (error) {
      if (error instanceof ButtonMessagingError) {
        const line = () => `${nameOf(call, outgoing)} failed (${error.outcome}): ${loggedError(error)}`;
        // The provider was not called: the queue tries again, or the circuit breaker has logged the cause.
        const fields = () => ({ ...fieldsOf(error), ...requestFacts(call), id: context.id });
        if (isLocalRejection(error)) this.logger.debug(line, fields);
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

function nameOf({ account, operation }: ProviderRequestFacts, { recipient }: OutgoingMessage): string {
  return `${operation} of account ${account.name} to ${maskRecipient(recipient)}`;
}

function sentMessage(
  account: Account,
  outgoing: OutgoingMessage,
  { id, metadata }: SendContext,
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
    ...withoutUndefined({ messageId, providerIds, metadata }),
  };
}
