import { INVALID_SPAN_CONTEXT, isSpanContextValid, type Span } from '@opentelemetry/api';

/** Whether there is an SDK: without one, all spans have the same context, which is none. */
export function isTraced(span: Span): boolean {
  const context = span.spanContext();
  return context !== INVALID_SPAN_CONTEXT && isSpanContextValid(context);
}
