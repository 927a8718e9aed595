import { Injectable } from '@nestjs/common';
import {
  type Attributes,
  context,
  createNoopMeter,
  metrics,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { ButtonMessagingError } from '../errors/button-messaging.error.js';
import { errorName } from '../errors/error-name.js';
import { isTraced, linkTo, traceparentOf } from './traceparent.js';

const SCOPE = 'nestjs-button-messaging';

/** Runs one attempt of a send, with its number from 1. */
export type AttemptRunner = <T>(attempt: number, work: () => Promise<T>) => Promise<T>;

const untraced: AttemptRunner = (_attempt, work) => work();

/** The attributes of a send. They contain no phone number and no text of a message. */
export interface SendFacts {
  provider: string;
  account: string;
  /** The provider's name of the request, such as `send-button-actions`. */
  operation: string;
}

/** The attributes of a handler's run. They contain no phone number and no text of a message. */
export interface HandlerFacts {
  /** Such as `AppointmentsService.confirmed`. */
  handler: string;
  provider: string;
  account: string;
  /** The kind of the event. */
  kind: string;
  /** The trace context of the send that the event replies to, if it is known. */
  answered: string | undefined;
}

/**
 * Records spans and metrics by the semantic conventions of OpenTelemetry. Without an SDK a send runs unchanged.
 *
 * @see {@link https://opentelemetry.io/docs/specs/semconv/messaging/}
 */
@Injectable()
export class MessagingTelemetry {
  private readonly tracer = trace.getTracer(SCOPE);
  private readonly meter = metrics.getMeter(SCOPE);
  private readonly isMeasured = this.meter !== createNoopMeter();
  private readonly duration = this.meter.createHistogram('messaging.client.operation.duration', {
    unit: 's',
    description: 'Duration of a send, including waits and attempts.',
  });
  private readonly sent = this.meter.createCounter('messaging.client.sent.messages', {
    unit: '{message}',
    description: 'Messages that were passed to a provider, with any outcome.',
  });
  private readonly retries = this.meter.createCounter('button_messaging.client.retries', {
    unit: '{attempt}',
    description: 'Attempts after the first.',
  });
  private readonly unknownOutcomes = this.meter.createCounter('button_messaging.client.unknown_outcomes', {
    unit: '{message}',
    description: 'Messages with an unknown outcome.',
  });
  private readonly pacedWaits = this.meter.createCounter('button_messaging.client.paced_waits', {
    unit: '{wait}',
    description: 'Sends that waited for a rate limit.',
  });

  /** Runs a send in a span and records its outcome. `work` gets the function that runs its attempts. */
  send<T>(facts: SendFacts, work: (runAttempt: AttemptRunner, traceparent?: string) => Promise<T>): Promise<T> {
    const attributes = attributesOf(facts);
    const span = this.tracer.startSpan(`send ${facts.operation}`, { kind: SpanKind.PRODUCER, attributes });
    if (isTraced(span)) {
      return this.measure(attributes, () => inSpan(span, () => work(this.traced(facts), traceparentOf(span))));
    }
    return this.isMeasured ? this.measure(attributes, () => work(untraced)) : work(untraced);
  }

  /** Runs a handler in a span that is linked to the send to which its event replies. */
  handle<T>({ handler, provider, account, kind, answered }: HandlerFacts, work: () => Promise<T>): Promise<T> {
    const span = this.tracer.startSpan(`process ${handler}`, {
      kind: SpanKind.CONSUMER,
      attributes: {
        'messaging.system': provider,
        'messaging.operation.type': 'process',
        'messaging.operation.name': 'process',
        'messaging.destination.name': account,
        'button_messaging.event.kind': kind,
        'code.function.name': handler,
      },
      links: linkTo(answered),
    });
    return isTraced(span) ? inSpan(span, work, classOf) : work();
  }

  /** Counts an attempt after the first. */
  retry(facts: SendFacts): void {
    this.retries.add(1, attributesOf(facts));
  }

  /** Counts a wait for a rate limit. */
  pacedWait(facts: SendFacts): void {
    this.pacedWaits.add(1, attributesOf(facts));
  }

  /** Runs each attempt in a child span of its send. */
  private traced(facts: SendFacts): AttemptRunner {
    return (attempt, work) => {
      const attributes = { 'http.request.resend_count': attempt - 1, ...attributesOf(facts) };
      return inSpan(this.tracer.startSpan(`attempt ${facts.operation}`, { kind: SpanKind.CLIENT, attributes }), work);
    };
  }

  private async measure<T>(attributes: Attributes, work: () => Promise<T>): Promise<T> {
    const ended: Attributes = { ...attributes };
    const begin = performance.now();
    try {
      return await work();
    } catch (error) {
      ended['error.type'] = codeOf(error);
      if (error instanceof ButtonMessagingError && error.outcome === 'unknown') this.unknownOutcomes.add(1, attributes);
      throw error;
    } finally {
      this.sent.add(1, ended);
      this.duration.record((performance.now() - begin) / 1_000, ended);
    }
  }
}

function inSpan<T>(span: Span, work: () => Promise<T>, typeOf = codeOf): Promise<T> {
  return context.with(trace.setSpan(context.active(), span), async () => {
    try {
      return await work();
    } catch (error) {
      // An error's text may contain a phone number from the provider's text, so it is not recorded.
      span.setAttribute('error.type', typeOf(error));
      if (error instanceof ButtonMessagingError) {
        span.setAttribute('button_messaging.outcome', error.outcome);
        if (error.status !== undefined) span.setAttribute('http.response.status_code', error.status);
      }
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

function attributesOf(facts: SendFacts): Attributes {
  return {
    'messaging.system': facts.provider,
    'messaging.operation.type': 'send',
    'messaging.operation.name': facts.operation,
    'messaging.destination.name': facts.account,
  };
}

/** The type of a handler's error. Errors of the application have no code. */
function classOf(error: unknown): string {
  return error instanceof Error && !(error instanceof ButtonMessagingError) ? errorName(error) : codeOf(error);
}

function codeOf(error: unknown): string {
  return error instanceof ButtonMessagingError ? error.code : '_OTHER';
}
