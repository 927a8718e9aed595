import {
  type Attributes,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { isTraced } from '../telemetry/is-traced.js';

type Operation = 'create' | 'process';

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
    const span = { kind: SpanKind.PRODUCER, attributes: this.attributesOf('create') };
    return this.within('create', span, () => {
      const carrier: TraceCarrier = {};
      propagation.inject(context.active(), carrier);
      return work(carrier);
    });
  }

  /** Runs the sending in a span below that of the enqueueing. */
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
