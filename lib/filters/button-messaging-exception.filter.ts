import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable, Optional } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type Observable, throwError } from 'rxjs';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { issuesOn, RefusedByValidationPipe } from '../pipes/refused-by-validation-pipe.js';
import { answer } from './http-response.js';
import { GraphQLProblem, problemOf, remoteProblemOf, retryAfterOf } from './messaging-problem.js';
import { emitTo } from './web-socket-client.js';

/** The event by which Nest's own filter tells WebSocket clients of errors. */
const EXCEPTION_EVENT = 'exception';

/**
 * Tells callers of this package's errors, in the form of their transport. Neither the provider's words nor its status
 * get out.
 *
 * - HTTP: a problem (RFC 9457, `application/problem+json`), on Express and Fastify: invalid 400; unsupported, recipient,
 *   window and idempotency conflict 422; unknown outcome 504; rate limits and unavailability 503 with `Retry-After`;
 *   the rest 502.
 * - RPC: an Observable that fails with the same problem.
 * - WebSocket: the event `exception` with the same problem; whoever asked for an acknowledgement gets it there, too.
 * - GraphQL: an error whose `extensions` hold `code`, `outcome` and the rest of the problem.
 *
 * It works by class, by `new`, by `app.get()`, and as `APP_FILTER`.
 *
 * @example
 * \@UseFilters(ButtonMessagingExceptionFilter)
 * \@Controller('messages')
 * export class MessagesController {}
 *
 * @example
 * app.useGlobalFilters(new ButtonMessagingExceptionFilter());
 */
@Injectable()
@Catch(ButtonMessagingError, RefusedByValidationPipe)
export class ButtonMessagingExceptionFilter implements ExceptionFilter<ButtonMessagingError | RefusedByValidationPipe> {
  /** @param host Needed on other platforms than Express and Fastify. */
  constructor(@Optional() @Inject(HttpAdapterHost) private readonly host?: HttpAdapterHost) {}

  catch(
    exception: ButtonMessagingError | RefusedByValidationPipe,
    context: ArgumentsHost,
  ): Observable<never> | undefined {
    const error = exception instanceof ButtonMessagingError ? exception : new InvalidMessageError(issuesOn(exception));
    switch (context.getType<string>()) {
      case 'http':
        this.answer(error, context);
        return undefined;
      case 'rpc':
        return throwError(() => remoteProblemOf(error));
      case 'ws':
        tellClient(error, context);
        return undefined;
      case 'graphql':
        throw new GraphQLProblem(error);
      default:
        throw exception;
    }
  }

  private answer(error: ButtonMessagingError, context: ArgumentsHost): void {
    const response: unknown = context.switchToHttp().getResponse();
    const problem = problemOf(error);
    const retryAfterMs = retryAfterOf(error);
    const headers = {
      'Content-Type': 'application/problem+json; charset=utf-8',
      ...(retryAfterMs !== undefined && { 'Retry-After': String(Math.ceil(retryAfterMs / 1_000)) }),
    };
    const body = JSON.stringify(problem);
    if (answer(response, { status: problem.status, headers, body })) return;
    const adapter = this.host?.httpAdapter;
    if (!adapter) throw error;
    for (const [name, value] of Object.entries(headers)) adapter.setHeader(response, name, value);
    adapter.reply(response, body, problem.status);
  }
}

function tellClient(error: ButtonMessagingError, context: ArgumentsHost): void {
  const problem = remoteProblemOf(error);
  const acknowledge: unknown = context.getArgByIndex(2);
  emitTo(context.switchToWs().getClient(), EXCEPTION_EVENT, problem);
  if (typeof acknowledge === 'function') acknowledge(problem);
}
