import type { Dispatcher } from 'undici';
import { type AbortListener, AbortListeners, type AbortSubscription } from '../async/abort-listeners.js';
import { TickBatcher } from '../async/tick-batcher.js';
import { MAX_RESPONSE_BYTES, type RawHttpResponse } from './http-response.js';

/**
 * The outcome of an attempt.
 *
 * - `answered`: the provider responded with any status.
 * - `not-sent`: no byte of the request was written.
 * - `no-response`: the request was written at least in part, and no complete response arrived.
 * - `closed`: the transport was closed before the attempt.
 * - `aborted`: the caller's signal ended it, before (`requestStarted: false`) or after the request was started.
 */
export type AttemptOutcome =
  | { kind: 'answered'; answer: RawHttpResponse }
  | { kind: 'not-sent'; reason: string }
  | { kind: 'no-response'; reason: string }
  | { kind: 'closed' }
  | { kind: 'aborted'; requestStarted: boolean };

export interface AttemptLimits {
  /** Timeout in milliseconds. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** Aborts an undici request. Never thrown to callers. */
export class Cancelled extends Error {}

/**
 * One attempt: undici's events, a timeout, and the outcome.
 *
 * It knows whether the request was started, which decides whether it may be repeated. It can be dispatched once, so an
 * interceptor that repeats requests cannot send a message twice.
 */
export class RequestAttempt implements Dispatcher.DispatchHandler, AbortListener {
  /** The outcome. It never rejects. */
  readonly completion: Promise<AttemptOutcome>;
  private requestStarted = false;
  private dispatched = false;
  private controller: Dispatcher.DispatchController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private watch: AbortSubscription | undefined;
  private readonly chunks: Buffer[] = [];
  private bytes = 0;
  private status = 0;
  private headers: RawHttpResponse['headers'] = {};
  /** Undefined once the attempt has ended. */
  private settle: ((end: AttemptOutcome) => void) | undefined;

  /**
   * Starts the timeout.
   *
   * @param onEnd Called once when the attempt ends. If the signal is already aborted, the constructor calls it.
   * @param aborts Shared by attempts whose signals may be the same.
   * @param tickBatcher Shared by attempts whose responses may arrive together.
   */
  constructor(
    private readonly limits: AttemptLimits,
    private readonly onEnd?: () => void,
    aborts = new AbortListeners(),
    private readonly tickBatcher = new TickBatcher(),
  ) {
    this.completion = new Promise((resolve) => {
      this.settle = resolve;
    });
    if (limits.signal?.aborted) {
      this.finish({ kind: 'aborted', requestStarted: false });
      return;
    }
    this.watch = limits.signal && aborts.watch(limits.signal, this);
    this.timer = setTimeout(expire, limits.timeoutMs, this);
  }

  /**
   * Sends the request, unless the attempt has ended or was dispatched before.
   *
   * @param handler Receives the events of the request, and passes them on.
   */
  dispatch(
    dispatcher: Dispatcher,
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler = this,
  ): void {
    if (!this.settle || this.dispatched) return;
    this.dispatched = true;
    try {
      dispatcher.dispatch(options, handler);
    } catch (error) {
      this.finish({ kind: 'not-sent', reason: reasonOf(error) });
    }
  }

  /** Ends an attempt that will not be dispatched. */
  abandon(reason: string): void {
    if (!this.dispatched) this.finish({ kind: 'not-sent', reason });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!this.settle) {
      // The outcome `not-sent` was already reported, so no byte may be written.
      controller.abort(new Cancelled());
      return;
    }
    this.controller = controller;
    this.requestStarted = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: RawHttpResponse['headers'],
  ): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.bytes += chunk.length;
    if (this.bytes <= MAX_RESPONSE_BYTES) this.chunks.push(chunk);
    else this.respond(true);
  }

  onResponseEnd(): void {
    this.respond(false);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    const reason = reasonOf(error);
    this.finish(this.requestStarted ? { kind: 'no-response', reason } : { kind: 'not-sent', reason });
  }

  onAbort(): void {
    this.finish({ kind: 'aborted', requestStarted: this.requestStarted });
  }

  /** The timeout has passed. */
  expire(): void {
    const reason = `no response within ${Math.round(this.limits.timeoutMs)} ms`;
    this.finish(
      this.requestStarted ? { kind: 'no-response', reason } : { kind: 'not-sent', reason: 'no connection in time' },
    );
  }

  private respond(tooLarge: boolean): void {
    const [only] = this.chunks;
    const whole = only && this.chunks.length === 1 ? only : Buffer.concat(this.chunks);
    const bytes = tooLarge ? Buffer.alloc(0) : whole;
    this.finish({ kind: 'answered', answer: { status: this.status, headers: this.headers, bytes, tooLarge } });
  }

  private finish(end: AttemptOutcome): void {
    const { settle } = this;
    if (!settle) return;
    this.settle = undefined;
    clearTimeout(this.timer);
    this.watch?.end();
    const complete = end.kind === 'answered' && !end.answer.tooLarge;
    if (!complete) this.controller?.abort(new Cancelled());
    const report = () => {
      settle(end);
      this.onEnd?.();
    };
    if (end.kind === 'answered') this.tickBatcher.do(report);
    else report();
  }
}

function expire(attempt: RequestAttempt): void {
  attempt.expire();
}

/** The system's or undici's error code. Never an error's text, which may contain addresses. */
export function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null) {
    if ('code' in error && typeof error.code === 'string') return error.code;
    if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  }
  return 'connection failed';
}
