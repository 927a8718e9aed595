import type { Dispatcher } from 'undici';
import { type AbortListener, AbortListeners, type AbortSubscription } from '../async/abort-listeners.js';
import { TickBatcher } from '../async/tick-batcher.js';
import { MAX_RESPONSE_BYTES, type RawHttpResponse } from './http-response.js';

/**
 * How one attempt ended.
 *
 * - `answered`: the provider answered, whatever it said.
 * - `never-left`: no byte of the request was written.
 * - `lost`: the request was written, at least in part, and no whole answer came back.
 * - `closed`: the transport was shut down; nothing was sent.
 * - `aborted`: the caller's signal ended it, before (`left: false`) or after the request left.
 */
export type AttemptOutcome =
  | { kind: 'answered'; answer: RawHttpResponse }
  | { kind: 'never-left'; reason: string }
  | { kind: 'lost'; reason: string }
  | { kind: 'closed' }
  | { kind: 'aborted'; left: boolean };

export interface AttemptLimits {
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

/** Ends the exchange below; it never leaves this file. */
class Cancelled extends Error {}

/**
 * One attempt on the wire: what undici tells of it, its time limit, and its end. It knows whether the request left,
 * which decides whether it may ever be repeated, and it lets itself be dispatched once only: an interceptor that
 * repeats requests cannot send a message twice.
 */
export class RequestAttempt implements Dispatcher.DispatchHandler, AbortListener {
  /** The end of the attempt; it never rejects. */
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
   * The time limit begins here.
   *
   * @param onEnd Called once, when it has ended: before the constructor returns, where its signal was aborted before.
   * @param aborts Through which it hears of its signal; one for all attempts that may share signals.
   * @param endOfTurn When it tells of its answer; one for all attempts whose answers may come in together.
   */
  constructor(
    private readonly limits: AttemptLimits,
    private readonly onEnd?: () => void,
    aborts = new AbortListeners(),
    private readonly endOfTurn = new TickBatcher(),
  ) {
    this.completion = new Promise((resolve) => {
      this.settle = resolve;
    });
    if (limits.signal?.aborted) {
      this.finish({ kind: 'aborted', left: false });
      return;
    }
    this.watch = limits.signal && aborts.watch(limits.signal, this);
    this.timer = setTimeout(expire, limits.timeoutMs, this);
  }

  /** Sends the request, unless the attempt has ended or was sent before. */
  dispatch(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions): void {
    if (!this.settle || this.dispatched) return;
    this.dispatched = true;
    try {
      dispatcher.dispatch(options, this);
    } catch (error) {
      this.finish({ kind: 'never-left', reason: reasonOf(error) });
    }
  }

  /** Ends an attempt that nobody is going to dispatch any more. */
  abandon(reason: string): void {
    if (!this.dispatched) this.finish({ kind: 'never-left', reason });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!this.settle) {
      // Too late: the caller was told already that it never left, so not a byte may go out.
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
    this.finish(this.requestStarted ? { kind: 'lost', reason } : { kind: 'never-left', reason });
  }

  onAbort(): void {
    this.finish({ kind: 'aborted', left: this.requestStarted });
  }

  /** The time limit has passed. */
  expire(): void {
    const reason = `no answer within ${Math.round(this.limits.timeoutMs)} ms`;
    this.finish(
      this.requestStarted ? { kind: 'lost', reason } : { kind: 'never-left', reason: 'no connection in time' },
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
    const tell = () => {
      settle(end);
      this.onEnd?.();
    };
    if (end.kind === 'answered') this.endOfTurn.do(tell);
    else tell();
  }
}

function expire(attempt: RequestAttempt): void {
  attempt.expire();
}

/** A system's or undici's error code. Never an error's text, which may hold addresses. */
function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null) {
    if ('code' in error && typeof error.code === 'string') return error.code;
    if (error instanceof AggregateError) return reasonOf(error.errors[0]);
  }
  return 'connection failed';
}
