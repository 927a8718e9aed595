import { Injectable, type OnModuleInit } from '@nestjs/common';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { hrTimeToMilliseconds, W3CTraceContextPropagator } from '@opentelemetry/core';
import { BasicTracerProvider, type ReadableSpan, type Span, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Outcome } from 'nestjs-button-messaging';
import { TimelinesService } from './timelines.service.js';

/** Adds each attempt to the timeline of its trace, including attempts that the queue makes later. */
@Injectable()
export class AttemptsSpanProcessor implements SpanProcessor, OnModuleInit {
  constructor(private readonly timelines: TimelinesService) {}

  /** Registers this processor with OpenTelemetry. */
  onModuleInit(): void {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [this] }));
  }

  onStart(span: Span): void {
    const attempt = attemptOf(span);
    if (attempt === undefined) return;
    this.timelines.add(span.spanContext().traceId, {
      kind: 'attempt',
      at: new Date(),
      attempt,
      account: String(span.attributes['messaging.destination.name']),
      provider: String(span.attributes['messaging.system']),
      operation: String(span.attributes['messaging.operation.name']),
    });
  }

  onEnd(span: ReadableSpan): void {
    const attempt = attemptOf(span);
    if (attempt === undefined) return;
    const {
      'error.type': error,
      'http.response.status_code': status,
      'button_messaging.outcome': outcome,
    } = span.attributes;
    this.timelines.add(span.spanContext().traceId, {
      kind: 'attempt-ended',
      at: new Date(),
      attempt,
      durationMs: hrTimeToMilliseconds(span.duration),
      ...(typeof status === 'number' && { status }),
      ...(typeof error === 'string' && { error }),
      ...(isOutcome(outcome) && { outcome }),
    });
  }

  async forceFlush(): Promise<void> {}

  async shutdown(): Promise<void> {}
}

/** Returns the number of the attempt, from 1, or undefined if the span is not an attempt. */
function attemptOf({ attributes }: Pick<ReadableSpan, 'attributes'>): number | undefined {
  const resent = attributes['http.request.resend_count'];
  return typeof resent === 'number' ? resent + 1 : undefined;
}

function isOutcome(value: unknown): value is Outcome {
  return value === 'not-sent' || value === 'unknown';
}
