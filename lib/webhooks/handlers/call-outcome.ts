import type { EnhancerKind } from './handler-enhancers.js';

/** Where an error came from. */
export interface ErrorSource {
  kind: EnhancerKind | 'handler' | 'instance' | 'parameter';
  /** The enhancer's class, or the parameter's number; of the handler itself, nothing. */
  name: string;
  error: unknown;
  /** It took the event for an HTTP request or the like. */
  isMistaken?: boolean;
  /** It is a guard of `@nestjs/throttler`. */
  isThrottler?: boolean;
}

/** What became of one event at one handler. */
export interface CallOutcome {
  /** The error that was not handled, and where it came from. */
  failure?: ErrorSource;
  /** A guard kept the handler from running. */
  isDenied: boolean;
  hasRun: boolean;
  /** The handler's own error, if an interceptor made another of it. */
  handlerError?: unknown;
  /** A filter that threw while it handled the failure. */
  filterFailure?: ErrorSource;
  /** Enhancers of the application that cannot run in handlers, and without which the handler has run. */
  skipped: readonly ErrorSource[];
}
