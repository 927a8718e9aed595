import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
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

/** A problem where there are no status and no headers to say the rest: RPC, WebSocket. */
export interface RemoteProblem extends MessagingProblem {
  /** The same as `detail`: what Nest's clients read. */
  message: string;
  /** When to try again, in milliseconds. */
  retryAfterMs?: number;
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

const RETRY_AFTER_MS = 1_000;

/** What an error tells callers. */
export function problemOf(error: ButtonMessagingError): MessagingProblem {
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

/** When to try again, in milliseconds; undefined of what is not to be tried again. */
export function retryAfterOf(error: ButtonMessagingError): number | undefined {
  return presentationOf(error).status === 503 ? (error.retryAfterMs ?? RETRY_AFTER_MS) : undefined;
}

/** What an error tells callers who get no status and no headers. */
export function remoteProblemOf(error: ButtonMessagingError): RemoteProblem {
  const problem = problemOf(error);
  const retryAfterMs = retryAfterOf(error);
  return { ...problem, message: problem.detail, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** GraphQL takes `extensions` from whatever is thrown. */
export class GraphQLProblem extends Error {
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(error: ButtonMessagingError) {
    const { message, type: _, ...extensions } = remoteProblemOf(error);
    super(message);
    this.extensions = extensions;
  }
}

function presentationOf({ code, retryable, outcome }: ButtonMessagingError): Presentation {
  const own = PRESENTATIONS[code];
  if (own) return own;
  if (retryable) return OTHERWISE_RETRYABLE;
  return outcome === 'unknown' ? OTHERWISE_UNKNOWN : OTHERWISE;
}
