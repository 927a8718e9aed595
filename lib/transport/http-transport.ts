import { setImmediate } from 'node:timers/promises';
import { firstValueFrom } from 'rxjs';
import type { Dispatcher } from 'undici';
import { within } from '../time/wait.js';
import { Attempt, type AttemptEnd, type AttemptLimits } from './attempt.js';
import type { ButtonMessagingHttp } from './button-messaging.http.js';
import type { HttpRequest } from './http-request.interface.js';
import { dispatchOptions, undiciAdapter, withAttempt } from './undici.adapter.js';

/** Carries one request to a provider, once, and says how that ended. */
export abstract class HttpTransport {
  /** One attempt. It never rejects, and never repeats by itself. */
  abstract attempt(request: HttpRequest, limits: AttemptLimits): Promise<AttemptEnd>;

  /** Waits for attempts that are under way, at most so long, and then closes every connection. */
  abstract close(withinMs: number): Promise<void>;
}

/** The transport over undici, through axios where somebody registered an interceptor. */
export class UndiciTransport extends HttpTransport {
  private readonly underWay = new Set<Promise<AttemptEnd>>();
  private readonly adapter: ReturnType<typeof undiciAdapter>;
  private closed = false;

  constructor(
    private readonly http: ButtonMessagingHttp,
    private readonly dispatcher: Dispatcher,
    defaultTimeoutMs: number,
  ) {
    super();
    this.adapter = undiciAdapter(dispatcher, defaultTimeoutMs);
    http.axiosRef.defaults.adapter = this.adapter;
  }

  attempt(request: HttpRequest, limits: AttemptLimits): Promise<AttemptEnd> {
    if (this.closed) return Promise.resolve({ kind: 'closed' });
    const attempt = this.isPlain() ? this.dispatch(request, limits) : this.throughAxios(request, limits);
    this.underWay.add(attempt);
    return attempt.finally(() => this.underWay.delete(attempt));
  }

  async close(withinMs: number): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await within(withinMs, Promise.all(this.underWay));
    await this.dispatcher.destroy();
  }

  // axios costs more than the rest of a send together; without interceptors it would change nothing.
  private isPlain(): boolean {
    const { interceptors, defaults } = this.http.axiosRef;
    return isUnused(interceptors.request) && isUnused(interceptors.response) && defaults.adapter === this.adapter;
  }

  private dispatch(request: HttpRequest, limits: AttemptLimits): Promise<AttemptEnd> {
    const headers = { ...commonHeaders(this.http), ...request.headers };
    const attempt = new Attempt(limits);
    attempt.dispatch(this.dispatcher, dispatchOptions(request.url, request.method, headers, request.body));
    return attempt.completion;
  }

  private async throughAxios(request: HttpRequest, limits: AttemptLimits): Promise<AttemptEnd> {
    const attempt = new Attempt(limits);
    const { body, ...config } = request;
    // What went wrong stands in the attempt. An interceptor's own error may hold anything, so it is not passed on.
    firstValueFrom(this.http.request(withAttempt({ ...config, data: body }, attempt)))
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

function commonHeaders(http: ButtonMessagingHttp): Record<string, string> {
  const common: Record<string, unknown> = http.axiosRef.defaults.headers.common;
  // axios keeps headers there that are to be left out, with no value.
  const given = Object.entries(common).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
