import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import type { AbortListener, AbortListeners, AbortSubscription } from '../async/abort-listeners.js';
import { Cancelled, reasonOf } from './request-attempt.js';

/** Why a stream ended before its response: the caller's signal, no progress in time, or a broken connection. */
export type StreamInterruption = { kind: 'aborted' | 'idle' } | { kind: 'broken'; reason: string };

/** Checks a body while it is read. */
export interface BodyCheck {
  /** Returns an error if the body must not be read any further. */
  add(chunk: Buffer): Error | undefined;
  /** Returns an error if the body as a whole is not acceptable. */
  end(): Error | undefined;
}

export interface StreamOptions {
  /** Maximum time in milliseconds without progress of the provider or the reader. */
  idleMs: number;
  signal?: AbortSignal | undefined;
  /** Creates the check of one body. */
  check(): BodyCheck;
  /** Creates the error of a stream that ends early. */
  interrupted(by: StreamInterruption): Error;
}

/**
 * The body of a response as a stream. It reads from the socket only as fast as it is read itself, and closes the
 * connection if it is destroyed.
 */
export class ResponseStream extends Readable implements AbortListener {
  private readonly check: BodyCheck;
  private readonly timer: NodeJS.Timeout;
  private readonly watch: AbortSubscription | undefined;
  private isComplete = false;

  constructor(
    private readonly controller: Dispatcher.DispatchController,
    private readonly options: StreamOptions,
    aborts: AbortListeners,
  ) {
    super();
    this.check = options.check();
    // An error may come before the reader listens, or without any reader. It would end the process.
    this.on('error', () => undefined);
    this.timer = setTimeout(interrupt, options.idleMs, this);
    this.watch = options.signal && aborts.watch(options.signal, this);
  }

  /** Adds a part of the body. */
  add(chunk: Buffer): void {
    this.timer.refresh();
    const error = this.check.add(chunk);
    if (error) this.destroy(error);
    else if (!this.push(chunk)) this.controller.pause();
  }

  /** Ends the body. */
  complete(): void {
    this.isComplete = true;
    const error = this.check.end();
    if (error) this.destroy(error);
    else this.push(null);
  }

  /** The connection broke. */
  fail(error: Error): void {
    this.interrupt({ kind: 'broken', reason: reasonOf(error) });
  }

  onAbort(): void {
    this.interrupt({ kind: 'aborted' });
  }

  interrupt(by: StreamInterruption): void {
    this.destroy(this.options.interrupted(by));
  }

  override _read(): void {
    this.timer.refresh();
    this.controller.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.timer);
    this.watch?.end();
    if (!this.isComplete) this.controller.abort(new Cancelled());
    callback(error);
  }
}

function interrupt(stream: ResponseStream): void {
  stream.interrupt({ kind: 'idle' });
}
