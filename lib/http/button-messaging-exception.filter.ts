import { type ArgumentsHost, Catch, type ExceptionFilter, Inject } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { InvalidMessageError, UnsupportedMessageError } from '../errors/message.errors.js';

/** A problem as RFC 9457 writes it, with this package's own members behind it. */
export interface MessagingProblem {
  type: 'about:blank';
  /** The status' own words. */
  title: string;
  /** The HTTP status of this answer, never the one that the provider gave. */
  status: number;
  /** A sentence that holds for every such error; the provider's words are not in it. */
  detail: string;
  /** The error's code: `rate-limited`, `unknown-outcome`, … */
  code: string;
  /** Whether the message may have gone out. */
  outcome: 'not-sent' | 'unknown';
  /** Of invalid messages: every fault. */
  issues?: unknown;
  /** Of unsupported messages: why not. */
  reasons?: unknown;
}

interface Presentation {
  status: number;
  title: string;
  detail: string;
}

/** Never the provider's own status: to the caller it would read as a fault of the caller's request. */
const PRESENTATIONS: Readonly<Record<string, Presentation>> = {
  'invalid-message': { status: 400, title: 'Bad Request', detail: 'The message is invalid.' },
  'unsupported-message': {
    status: 422,
    title: 'Unprocessable Content',
    detail: 'No account can carry this message.',
  },
  'recipient-not-found': {
    status: 422,
    title: 'Unprocessable Content',
    detail: 'The recipient cannot be reached.',
  },
  'window-closed': {
    status: 422,
    title: 'Unprocessable Content',
    detail: "The recipient's last message is over 24 hours old.",
  },
  'idempotency-conflict': {
    status: 422,
    title: 'Unprocessable Content',
    detail: 'The idempotency key was used before, with another message.',
  },
  'reply-timeout': {
    status: 504,
    title: 'Gateway Timeout',
    detail: 'The question was sent, and nobody answered in time.',
  },
  'rate-limited': { status: 503, title: 'Service Unavailable', detail: 'Too many messages; try again later.' },
  'provider-unavailable': {
    status: 503,
    title: 'Service Unavailable',
    detail: 'The messaging provider cannot be reached; try again later.',
  },
};

const OTHERWISE_UNKNOWN: Presentation = {
  status: 504,
  title: 'Gateway Timeout',
  detail: 'It is not known whether the message was sent.',
};

const OTHERWISE_RETRYABLE: Presentation = {
  status: 503,
  title: 'Service Unavailable',
  detail: 'The message could not be taken; try again later.',
};

const OTHERWISE: Presentation = { status: 502, title: 'Bad Gateway', detail: 'The message could not be sent.' };

/**
 * Answers this package's errors as problems (RFC 9457, `application/problem+json`), on Express and Fastify: invalid
 * 400; unsupported, recipient, window and idempotency conflict 422; unknown outcome 504; rate limits and unavailability
 * 503 with `Retry-After`; the rest 502. Neither the provider's words nor its status get out.
 *
 * @example
 * \@UseFilters(ButtonMessagingExceptionFilter)
 * \@Controller('messages')
 * export class MessagesController {}
 */
@Catch(ButtonMessagingError)
export class ButtonMessagingExceptionFilter implements ExceptionFilter<ButtonMessagingError> {
  constructor(@Inject(HttpAdapterHost) private readonly host: HttpAdapterHost) {}

  catch(error: ButtonMessagingError, context: ArgumentsHost): void {
    if (context.getType() !== 'http') throw error;
    const { httpAdapter } = this.host;
    const response: unknown = context.switchToHttp().getResponse();
    const problem = problemOf(error);
    httpAdapter.setHeader(response, 'Content-Type', 'application/problem+json; charset=utf-8');
    if (problem.status === 503) {
      httpAdapter.setHeader(response, 'Retry-After', String(Math.ceil((error.retryAfterMs ?? 1_000) / 1_000)));
    }
    // As text: given an object, Nest 11 on Express would set a content type of its own.
    httpAdapter.reply(response, JSON.stringify(problem), problem.status);
  }
}

function presentationOf({ code, retryable, outcome }: ButtonMessagingError): Presentation {
  const own = PRESENTATIONS[code];
  if (own) return own;
  if (retryable) return OTHERWISE_RETRYABLE;
  return outcome === 'unknown' ? OTHERWISE_UNKNOWN : OTHERWISE;
}

function problemOf(error: ButtonMessagingError): MessagingProblem {
  const { status, title, detail } = presentationOf(error);
  return {
    type: 'about:blank',
    title,
    status,
    detail,
    code: error.code,
    outcome: error.outcome,
    ...(error instanceof InvalidMessageError && { issues: error.issues }),
    ...(error instanceof UnsupportedMessageError && { reasons: error.reasons }),
  };
}
