import { setMaxListeners } from 'node:events';
import { Deadline } from '../async/deadline.js';
import type { SendOptions } from '../message/send-options.interface.js';
import type { InFlightSend } from './sends-in-flight.js';

/** What holds for every request of a call. */
export interface RequestContext {
  readonly signal?: AbortSignal | undefined;
  /** Of one request, in milliseconds. */
  readonly timeoutMs?: number | undefined;
  readonly deadline: Deadline;
}

/** What holds for one send, from the call to the wire. */
export interface SendContext extends RequestContext {
  /** The `id` of its `SentMessage`. */
  readonly id: string;
  /** A slot that is more milliseconds away is rejected, as one after the deadline is. */
  readonly maxWaitMs?: number | undefined;
  /** Requests at most. @default The option `retry.attempts`. */
  readonly attempts?: number | undefined;
  /** Comes back in the statuses of the message, if the provider supports that. */
  readonly correlationId?: string | undefined;
  /** Whether the caller waits for a reply. */
  readonly expectsReply?: boolean | undefined;
  /** Is told before each request leaves. */
  readonly inFlightSend?: Pick<InFlightSend, 'leave'> | undefined;
  /** Runs immediately before each request. If it throws, the request does not leave. */
  readonly beforeRequest?: (() => Promise<void>) | undefined;
  /** Runs once the whole message is accepted, before it is recorded. */
  readonly onAccepted?: (() => void) | undefined;
}

/** The options of a request that sends nothing. */
export type ReadOptions = Pick<SendOptions, 'account' | 'signal' | 'timeoutMs' | 'deadlineMs'>;

/** Starts the deadline of a call. */
export function requestContext(options: ReadOptions): RequestContext {
  // One signal may end many sends, and each that waits has a listener of its own.
  if (options.signal) setMaxListeners(0, options.signal);
  return { signal: options.signal, timeoutMs: options.timeoutMs, deadline: new Deadline(options.deadlineMs) };
}

/** Starts the deadline of a send. */
export function sendContext(options: SendOptions, own: Omit<SendContext, keyof RequestContext>): SendContext {
  return { ...own, ...requestContext(options) };
}
