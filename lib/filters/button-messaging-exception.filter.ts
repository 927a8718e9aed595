import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable, Optional } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type Observable, throwError } from 'rxjs';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { issuesOn, RejectedByValidationPipe } from '../pipes/rejected-by-validation-pipe.js';
import { isRecord } from '../validation/is-record.js';
import { sendResponse } from './http-response.js';
import { GraphQLProblem, problemOf, remoteProblemOf, retryAfterOf } from './messaging-problem.js';

/** The event for errors in Nest's own WebSocket filter. */
const EXCEPTION_EVENT = 'exception';

/** The state of an open socket of `ws`. */
const OPEN = 1;

/** A socket of `ws`, whose `emit` is local to this process. */
interface PlainSocket {
  readyState: number;
  send(text: string): unknown;
}

/** A socket of Socket.IO. */
interface EventSocket {
  emit(event: string, data: unknown): unknown;
}

/**
 * Converts errors of this package to the format of the transport. The provider's text and status are not included.
 *
 * - HTTP: a problem (RFC 9457, `application/problem+json`), on Express and Fastify: invalid 400; unsupported,
 * recipient,
 *   window and idempotency conflict 422; unknown outcome 504; rate limits and unavailability 503 with `Retry-After`;
 *   the rest 502.
 * - RPC: an Observable that fails with the same problem.
 * - WebSocket: the event `exception` with the same problem. An acknowledgement receives it, too.
 * - GraphQL: an error whose `extensions` contain `code`, `outcome` and the rest of the problem.
 *
 * Use it by class, by `new`, by `app.get()`, and as `APP_FILTER`.
 *
 * @example
 * \@UseFilters(ButtonMessagingExceptionFilter)
 * \@Controller('messages')
 * export class MessagesController {}
 *
 * @example
 * app.useGlobalFilters(new ButtonMessagingExceptionFilter());
 *
 * @see https://www.rfc-editor.org/rfc/rfc9457
 *
 * @publicApi
 */
@Injectable()
@Catch(ButtonMessagingError, RejectedByValidationPipe)
export class ButtonMessagingExceptionFilter
  implements ExceptionFilter<ButtonMessagingError | RejectedByValidationPipe>
{
  /** @param host Required on platforms other than Express and Fastify. */
  constructor(@Optional() @Inject(HttpAdapterHost) private readonly host?: HttpAdapterHost) {}

  catch(
    exception: ButtonMessagingError | RejectedByValidationPipe,
    context: ArgumentsHost,
  ): Observable<never> | undefined {
    const error = exception instanceof ButtonMessagingError ? exception : new InvalidMessageError(issuesOn(exception));
    switch (context.getType<string>()) {
      case 'http':
        this.respond(error, context);
        return undefined;
      case 'rpc':
        return throwError(() => remoteProblemOf(error));
      case 'ws':
        notifyClient(error, context);
        return undefined;
      case 'graphql':
        throw new GraphQLProblem(error);
      default:
        throw exception;
    }
  }

  private respond(error: ButtonMessagingError, context: ArgumentsHost): void {
    const response: unknown = context.switchToHttp().getResponse();
    const problem = problemOf(error);
    const retryAfterMs = retryAfterOf(error);
    const headers = {
      'Content-Type': 'application/problem+json; charset=utf-8',
      ...(retryAfterMs !== undefined && { 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) }),
    };
    const body = JSON.stringify(problem);
    if (sendResponse(response, { status: problem.status, headers, body })) return;
    const adapter = this.host?.httpAdapter;
    if (!adapter) throw error;
    for (const [name, value] of Object.entries(headers)) adapter.setHeader(response, name, value);
    adapter.reply(response, body, problem.status);
  }
}

function notifyClient(error: ButtonMessagingError, context: ArgumentsHost): void {
  const problem = remoteProblemOf(error);
  const acknowledge: unknown = context.getArgByIndex(2);
  emitTo(context.switchToWs().getClient(), EXCEPTION_EVENT, problem);
  if (typeof acknowledge === 'function') acknowledge(problem);
}

/** Emits an event as Nest's adapters do, for Socket.IO and `ws`. Does nothing if the socket is closed. */
function emitTo(client: unknown, event: string, data: unknown): void {
  if (isPlainSocket(client)) {
    if (client.readyState === OPEN) client.send(JSON.stringify({ event, data }));
  } else if (isEventSocket(client)) {
    client.emit(event, data);
  }
}

function isPlainSocket(client: unknown): client is PlainSocket {
  return isRecord(client) && typeof client.readyState === 'number' && typeof client.send === 'function';
}

function isEventSocket(client: unknown): client is EventSocket {
  return isRecord(client) && typeof client.emit === 'function';
}
