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
import { undiciAdapter, withAttempt } from './undici.adapter.js';
import { createDispatcher } from './undici-dispatcher.js';

/** Carries one request to a provider, once, and says how that ended. */
export abstract class HttpTransport {
  /** One attempt. It never rejects, and never repeats by itself. */
  abstract attempt(request: HttpRequest, limits: AttemptLimits): Promise<AttemptOutcome>;

  /** Waits for attempts that are under way, at most so long, and then closes every connection. */
  abstract close(withinMs: number): Promise<void>;
}

/** The transport over undici, through axios where somebody registered an interceptor. */
@Injectable()
export class UndiciTransport extends HttpTransport {
  private readonly pending = new PendingCounter();
  private readonly ended = () => this.pending.finish();
  private readonly aborts = new AbortListeners();
  private readonly tickBatcher = new TickBatcher();
  private readonly adapter: ReturnType<typeof undiciAdapter>;
  private closed = false;
  // A proxy's address may hold a password, and undici's own parts show it.
  readonly #dispatcher: Dispatcher;

  constructor(
    private readonly http: ButtonMessagingHttp,
    { http: options }: ButtonMessagingConfig,
  ) {
    super();
    this.#dispatcher = createDispatcher(options);
    this.adapter = undiciAdapter(this.#dispatcher, options.timeoutMs);
    http.axiosRef.defaults.adapter = this.adapter;
  }

  attempt(request: HttpRequest, limits: AttemptLimits): Promise<AttemptOutcome> {
    if (this.closed) return Promise.resolve({ kind: 'closed' });
    this.pending.start();
    const attempt = new RequestAttempt(limits, this.ended, this.aborts, this.tickBatcher);
    return this.isPlain() ? this.dispatch(request, attempt) : this.throughAxios(request, attempt);
  }

  async close(withinMs: number): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await withTimeout(withinMs, this.pending.whenIdle());
    await this.#dispatcher.destroy();
  }

  // axios costs more than the rest of a send together; without interceptors it would change nothing.
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
    // What went wrong stands in the attempt. An interceptor's own error may hold anything, so it is not passed on.
    firstValueFrom(this.http.request(withAttempt({ ...config, url: origin + path, data: body }, attempt)))
      .catch(() => undefined)
      .finally(() => attempt.abandon('an interceptor ended the request'));
    const end = await attempt.completion;
    // Interceptors see the answer before the caller does.
    await setImmediate();
    return end;
  }
}

function isUnused(interceptors: { handlers?: readonly unknown[] | undefined }): boolean {
  return (interceptors.handlers ?? []).every((handler) => handler === null);
}

/** A request's headers below those that all requests have; they may be changed at any time. */
function withCommon(http: ButtonMessagingHttp, own: HttpRequest['headers']): Record<string, string> {
  const { common } = http.axiosRef.defaults.headers;
  const headers: Record<string, string> = {};
  // axios keeps headers there that are to be left out, with no value.
  for (const name of Object.keys(common)) if (common[name] != null) headers[name] = String(common[name]);
  return Object.assign(headers, own);
}
