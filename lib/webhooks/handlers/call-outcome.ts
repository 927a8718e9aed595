import type { EnhancerKind } from './handler-enhancers.js';

/** The source of an error. */
export interface ErrorSource {
  kind: EnhancerKind | 'handler' | 'instance' | 'parameter';
  /** The class of the enhancer, or the index of the parameter. Empty for the handler. */
  name: string;
  error: unknown;
  /** Whether it expects another kind of context, for example an HTTP request. */
  isMistaken?: boolean;
  /** Whether it is a guard of `@nestjs/throttler`. */
  isThrottler?: boolean;
}

/** The outcome of one event at one handler. */
export interface CallOutcome {
  /** The unhandled error and its source. */
  failure?: ErrorSource;
  /** Whether a guard denied the event. */
  isDenied: boolean;
  hasRun: boolean;
  /** The handler's own error, if an interceptor replaced it. */
  handlerError?: unknown;
  /** The filter that threw while it handled the error. */
  filterFailure?: ErrorSource;
  /** Global enhancers that do not support handlers and were skipped. */
  skipped: readonly ErrorSource[];
}
