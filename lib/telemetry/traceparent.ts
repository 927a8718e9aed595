import { INVALID_SPAN_CONTEXT, isSpanContextValid, type Link, type Span, TraceFlags } from '@opentelemetry/api';

const FORM = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Whether an SDK is installed. Without one, all spans have the same invalid context. */
export function isTraced(span: Span): boolean {
  const context = span.spanContext();
  return context !== INVALID_SPAN_CONTEXT && isSpanContextValid(context);
}

/** Returns the trace context of a span as a W3C `traceparent`, or undefined if the span is not sampled. */
export function traceparentOf(span: Span): string | undefined {
  const { traceId, spanId, traceFlags } = span.spanContext();
  if ((traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/** Returns a link to the span of a `traceparent`, or none if it is invalid. */
export function linkTo(traceparent: string | undefined): Link[] {
  const [, traceId = '', spanId = '', flags = ''] = FORM.exec(traceparent ?? '') ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(context) ? [{ context }] : [];
}
