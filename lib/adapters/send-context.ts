import { setMaxListeners } from 'node:events';
import { Deadline } from '../async/deadline.js';
import type { SendOptions } from '../message/send-options.interface.js';
import type { ExecutionOptions } from '../resilience/request.executor.js';
import type { InFlightSend } from './sends-in-flight.js';

/** The context of a call. */
export type RequestContext = Readonly<Pick<ExecutionOptions, 'signal' | 'timeoutMs' | 'deadline'>>;

/** The context of one send. */
export interface SendContext extends Readonly<ExecutionOptions> {
  /** The `id` of its `SentMessage`. */
  readonly id: string;
  /** Returned in the statuses of the message, if the provider supports that. */
  readonly correlationId?: string | undefined;
  /** Returned in the `SentMessage`. */
  readonly metadata?: Record<string, string> | undefined;
  /** Whether the caller waits for a reply. */
  readonly expectsReply?: boolean | undefined;
  /** Notified before each request. */
  readonly inFlightSend?: Pick<InFlightSend, 'leave'> | undefined;
  /** Runs immediately before each request. If it throws, the request is not sent. */
  readonly beforeRequest?: (() => Promise<void>) | undefined;
  /** Runs when the whole message is accepted, before it is recorded. */
  readonly onAccepted?: (() => void) | undefined;
}

/** The options of a request that sends no message. @publicApi */
export type ReadOptions = Pick<SendOptions, 'account' | 'signal' | 'timeoutMs' | 'deadlineMs'>;

/** Starts the deadline of a call. */
export function requestContext(options: ReadOptions): RequestContext {
  // One signal may have a listener for each of many sends.
  if (options.signal) setMaxListeners(0, options.signal);
  return { signal: options.signal, timeoutMs: options.timeoutMs, deadline: new Deadline(options.deadlineMs) };
}

/** Starts the deadline of a send. */
export function sendContext(
  options: SendOptions,
  own: Omit<SendContext, keyof RequestContext | 'metadata'>,
): SendContext {
  const { signal, timeoutMs, deadline } = requestContext(options);
  return { signal, timeoutMs, deadline, metadata: options.metadata, ...own };
}
