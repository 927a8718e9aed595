import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';
import { Dispatcher } from 'undici';
import { AbortListeners } from '../async/abort-listeners.js';
import { withTimeout } from '../async/delay.js';
import { PendingCounter } from '../async/pending-counter.js';
import { TickBatcher } from '../async/tick-batcher.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { ButtonMessagingHttp } from './button-messaging.http.js';
import type { HttpRequest } from './http-request.interface.js';
import { type AttemptLimits, type AttemptOutcome, RequestAttempt } from './request-attempt.js';
import { ResponseStream, type StreamOptions } from './response-stream.js';
import { StreamedAttempt, type StreamedOutcome } from './streamed-attempt.js';
import { undiciAdapter, withAttempt } from './undici.adapter.js';
import { createDispatcher } from './undici-dispatcher.js';

/** Sends requests with undici, and through axios if an interceptor is registered. */
@Injectable()
export class HttpTransport {
  private readonly pending = new PendingCounter();
  private readonly ended = () => this.pending.finish();
  private readonly aborts = new AbortListeners();
  private readonly tickBatcher = new TickBatcher();
  private readonly adapter: ReturnType<typeof undiciAdapter>;
  private closed = false;
  // Private, because a proxy's URL may contain a password, and undici's objects show it.
  readonly #dispatcher: Dispatcher;

  constructor(
    private readonly http: ButtonMessagingHttp,
    { http: options }: ButtonMessagingConfig,
  ) {
    this.#dispatcher = createDispatcher(options);
    this.adapter = undiciAdapter(this.#dispatcher, options.timeoutMs);
    http.axiosRef.defaults.adapter = this.adapter;
  }

  /** Makes one attempt and reports its outcome. It never rejects and never retries. */
  attempt(request: HttpRequest, limits: AttemptLimits): Promise<AttemptOutcome> {
    if (this.closed) return Promise.resolve({ kind: 'closed' });
    this.pending.start();
    const attempt = new RequestAttempt(limits, this.ended, this.aborts, this.tickBatcher);
    return this.isPlain() ? this.dispatch(request, attempt) : this.throughAxios(request, attempt);
  }

  /**
   * Makes one attempt whose successful response is a stream. It never rejects and never retries.
   *
   * It does not go through axios, whose interceptors expect whole responses, and has no common headers, which are for
   * the provider's API.
   */
  open(request: HttpRequest, limits: AttemptLimits, options: StreamOptions): Promise<StreamedOutcome> {
    if (this.closed) return Promise.resolve({ kind: 'closed' });
    this.pending.start();
    const opening = new RequestAttempt(limits, this.ended, this.aborts, this.tickBatcher);
    const attempt = new StreamedAttempt(opening, (controller) => {
      this.pending.start();
      return new ResponseStream(controller, options, this.aborts).once('close', this.ended);
    });
    const { origin, path, method, headers } = request;
    opening.dispatch(this.#dispatcher, { origin, path, method, headers: { ...headers }, body: null }, attempt);
    return attempt.completion;
  }

  /** Waits at most `withinMs` milliseconds for attempts and streams in progress, then closes every connection. */
  async close(withinMs: number): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await withTimeout(withinMs, this.pending.whenIdle());
    await this.#dispatcher.destroy();
  }

  // Without interceptors axios changes nothing, and it costs more than the rest of a send.
  private isPlain(): boolean {
    const { interceptors, defaults } = this.http.axiosRef;
    return isUnused(interceptors.request) && isUnused(interceptors.response) && defaults.adapter === this.adapter;
  }

  private dispatch(
    { origin, path, method, headers, body }: HttpRequest,
    attempt: RequestAttempt,
  ): Promise<AttemptOutcome> {
    const all = withCommon(this.http, headers);
    attempt.dispatch(this.#dispatcher, { origin, path, method, headers: all, body: body ?? null });
    return attempt.completion;
  }

  private async throughAxios(request: HttpRequest, attempt: RequestAttempt): Promise<AttemptOutcome> {
    const { origin, path, body, ...config } = request;
    // The attempt has the outcome. An interceptor's own error may contain anything, so it is dropped.
    firstValueFrom(this.http.request(withAttempt({ ...config, url: origin + path, data: body }, attempt)))
      .catch(() => undefined)
      .finally(() => attempt.abandon('an interceptor ended the request'));
    const end = await attempt.completion;
    // Interceptors get the response before the caller.
    await setImmediate();
    return end;
  }
}

function isUnused(interceptors: { handlers?: readonly unknown[] | undefined }): boolean {
  return (interceptors.handlers ?? []).every((handler) => handler === null);
}

/** Adds the common headers, which may change at any time. The request's own headers win. */
function withCommon(http: ButtonMessagingHttp, own: HttpRequest['headers']): Record<string, string> {
  const { common } = http.axiosRef.defaults.headers;
  const headers: Record<string, string> = {};
  // axios represents a header to omit by null.
  for (const name of Object.keys(common)) if (common[name] != null) headers[name] = String(common[name]);
  return Object.assign(headers, own);
}
