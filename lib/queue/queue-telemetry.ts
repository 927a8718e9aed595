import {
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';

/** The trace of whoever enqueued a message, as it travels with it. */
export type TraceCarrier = Record<string, string>;

/**
 * Brings the trace of whoever enqueues to whoever sends, in whatever process and however much later. Where the
 * application has no OpenTelemetry SDK installed, all of it does nothing.
 */
export class QueueTelemetry {
  private readonly tracer = trace.getTracer('nestjs-button-messaging');

  constructor(private readonly queue: string) {}

  /** Runs the enqueueing in a span of its own; what it is given goes with the message. */
  enqueue<T>(work: (carrier: TraceCarrier) => Promise<T>): Promise<T> {
    return this.within('create', SpanKind.PRODUCER, {}, () => {
      const carrier: TraceCarrier = {};
      propagation.inject(context.active(), carrier);
      return work(carrier);
    });
  }

  /** Runs the sending in a span below that of the enqueueing. */
  process<T>(id: string, carrier: TraceCarrier | undefined, work: () => Promise<T>): Promise<T> {
    const enqueued = carrier ? propagation.extract(ROOT_CONTEXT, carrier) : ROOT_CONTEXT;
    const attributes = { 'messaging.message.id': id };
    return context.with(enqueued, () => this.within('process', SpanKind.CONSUMER, attributes, work));
  }

  private within<T>(
    operation: 'create' | 'process',
    kind: SpanKind,
    further: Record<string, string>,
    work: () => Promise<T>,
  ): Promise<T> {
    const attributes = {
      'messaging.system': 'bullmq',
      'messaging.operation.type': operation,
      'messaging.operation.name': operation,
      'messaging.destination.name': this.queue,
      ...further,
    };
    const span = this.tracer.startSpan(`${operation} ${this.queue}`, { kind, attributes });
    if (!isSpanContextValid(span.spanContext())) return work();
    return context.with(trace.setSpan(context.active(), span), () =>
      work().then(
        (value) => ended(span, value),
        (error: unknown) => {
          span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
          throw error;
        },
      ),
    );
  }
}

function ended<T>(span: Span, value: T): T {
  span.end();
  return value;
}
