import { Inject, Injectable } from '@nestjs/common';
import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { isTraced } from '../telemetry/traceparent.js';
import { QUEUE_SETTINGS, type QueueSettings } from './queue-settings.js';

type Operation = 'create' | 'process';

/** The trace context of `enqueue`, stored with the message. */
export type TraceCarrier = Record<string, string>;

/**
 * Propagates the trace context from `enqueue` to the worker, across processes. Without an OpenTelemetry SDK it does
 * nothing.
 */
@Injectable()
export class QueueTelemetry {
  private readonly tracer = trace.getTracer('nestjs-button-messaging');
  private readonly queue: string;

  constructor(@Inject(QUEUE_SETTINGS) { name }: QueueSettings) {
    this.queue = name;
  }

  /** Runs `enqueue` in a span. The carrier is stored with the message. */
  enqueue<T>(work: (carrier: TraceCarrier) => Promise<T>): Promise<T> {
    const span = { kind: SpanKind.PRODUCER, attributes: this.attributesOf('create') };
    return this.within('create', span, () => {
      const carrier: TraceCarrier = {};
      propagation.inject(context.active(), carrier);
      return work(carrier);
    });
  }

  /** Runs the send in a child span of `enqueue`. */
  process<T>(id: string, carrier: TraceCarrier | undefined, work: () => Promise<T>): Promise<T> {
    const attributes = this.attributesOf('process');
    attributes['messaging.message.id'] = id;
    const run = () => this.within('process', { kind: SpanKind.CONSUMER, root: !carrier, attributes }, work);
    return carrier ? context.with(propagation.extract(ROOT_CONTEXT, carrier), run) : run();
  }

  private attributesOf(operation: Operation): Attributes {
    return {
      'messaging.system': 'bullmq',
      'messaging.operation.type': operation,
      'messaging.operation.name': operation,
      'messaging.destination.name': this.queue,
    };
  }

  private within<T>(operation: Operation, options: SpanOptions, work: () => Promise<T>): Promise<T> {
    const span = this.tracer.startSpan(`${operation} ${this.queue}`, options);
    if (!isTraced(span)) return work();
    return context.with(trace.setSpan(context.active(), span), async () => {
      try {
        return await work();
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        span.end();
      }
    });
  }
}
