import type { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { InvalidMessageError, UnsupportedMessageError } from '../errors/message.errors.js';

/** A problem in the format of RFC 9457, with members of this package. @publicApi */
export interface MessagingProblem {
  type: 'about:blank';
  /** The reason phrase of the status. */
  title: string;
  /** The HTTP status of this response. Never the provider's. */
  status: number;
  /** A sentence about this kind of error, without the provider's text. */
  detail: string;
  /** The code of the error: `rate-limited`, `unknown-outcome`, … */
  code: string;
  /** Whether the message may have been sent. */
  outcome: 'not-sent' | 'unknown';
  /** All issues of an invalid message. */
  issues?: unknown;
  /** The reasons of an unsupported message. */
  reasons?: unknown;
}

/** A problem for transports without status and headers: RPC, WebSocket. @publicApi */
export interface RemoteProblem extends MessagingProblem {
  /** The same as `detail`, for Nest's clients. */
  message: string;
  /** When to try again, in milliseconds. */
  retryAfterMs?: number;
}

const TITLES = {
  400: 'Bad Request',
  422: 'Unprocessable Content',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
} as const;

interface Presentation {
  status: keyof typeof TITLES;
  detail: string;
}

/** The provider's status is not used: it would suggest an error in the caller's request. */
const PRESENTATIONS: Readonly<Record<string, Presentation>> = {
  'invalid-message': { status: 400, detail: 'The message is invalid.' },
  'unsupported-message': { status: 422, detail: 'No account supports this message.' },
  'recipient-not-found': { status: 422, detail: 'The recipient cannot be reached.' },
  'window-closed': { status: 422, detail: "The recipient's last message is more than 24 hours old." },
  'idempotency-conflict': { status: 422, detail: 'The idempotency key was used with another message.' },
  'reply-timeout': { status: 504, detail: 'The message was sent, but no reply was received in time.' },
  'media-not-found': { status: 422, detail: 'The file no longer exists.' },
  'media-too-large': { status: 422, detail: 'The file is too large.' },
  'media-corrupted': { status: 502, detail: 'The file arrived damaged.' },
  'rate-limited': { status: 503, detail: 'Too many messages. Try again later.' },
  'provider-unavailable': { status: 503, detail: 'The messaging provider cannot be reached. Try again later.' },
};

const RETRY_AFTER_MS = 1_000;

/** Converts an error to a problem. */
export function problemOf(error: ButtonMessagingError): MessagingProblem {
  const { status, detail } = presentationOf(error);
  return {
    type: 'about:blank',
    title: TITLES[status],
    status,
    detail,
    code: error.code,
    outcome: error.outcome,
    ...(error instanceof InvalidMessageError && { issues: error.issues }),
    ...(error instanceof UnsupportedMessageError && { reasons: error.reasons }),
  };
}

/** Returns when to try again, in milliseconds. Returns undefined for errors that are not retryable. */
export function retryAfterOf(error: ButtonMessagingError): number | undefined {
  return presentationOf(error).status === 503 ? (error.retryAfterMs ?? RETRY_AFTER_MS) : undefined;
}

/** Converts an error to a problem for transports without status and headers. */
export function remoteProblemOf(error: ButtonMessagingError): RemoteProblem {
  const problem = problemOf(error);
  const retryAfterMs = retryAfterOf(error);
  return { ...problem, message: problem.detail, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}

/** An error for GraphQL, which reads `extensions` of any error. */
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
  if (retryable) return { status: 503, detail: 'The message could not be accepted. Try again later.' };
  if (outcome === 'unknown') return { status: 504, detail: 'The message may have been sent.' };
  return { status: 502, detail: 'The message could not be sent.' };
}
