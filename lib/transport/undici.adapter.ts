import type { AxiosAdapter, AxiosResponse, InternalAxiosRequestConfig } from 'axios';
import type { Dispatcher } from 'undici';
import { type AttemptOutcome, RequestAttempt } from './request-attempt.js';

/** The key of the attempt within an axios config. Interceptors see it and must not change it. */
const ATTEMPT = 'buttonMessagingAttempt';

export function withAttempt<T extends object>(config: T, attempt: RequestAttempt): T {
  return { ...config, [ATTEMPT]: attempt };
}

/** What interceptors catch if no response arrived. It contains no request and no URL. */
export class NoResponseError extends Error {
  constructor(readonly end: Exclude<AttemptOutcome['kind'], 'answered'>) {
    super(`The request ended without a response: ${end}.`);
    this.name = 'NoResponseError';
  }
}

/** Connects axios, and so the interceptors of `ButtonMessagingHttp`, to an undici dispatcher. */
export function undiciAdapter(dispatcher: Dispatcher, defaultTimeoutMs: number): AxiosAdapter {
  return async (config) => {
    const attempt = attemptOf(config) ?? new RequestAttempt({ timeoutMs: config.timeout || defaultTimeoutMs });
    const method = String(config.method).toUpperCase();
    const body = typeof config.data === 'string' || Buffer.isBuffer(config.data) ? config.data : null;
    const { origin, pathname, search } = new URL(config.url ?? '');
    attempt.dispatch(dispatcher, { origin, path: pathname + search, method, headers: headersOf(config), body });
    const end = await attempt.completion;
    if (end.kind !== 'answered') throw new NoResponseError(end.kind);
    const { status, headers, bytes } = end.answer;
    const response: AxiosResponse = {
      status,
      statusText: '',
      headers: { ...headers },
      data: bytes.toString('utf8'),
      config,
    };
    return response;
  };
}

function attemptOf(config: InternalAxiosRequestConfig): RequestAttempt | undefined {
  const attempt: unknown = Reflect.get(config, ATTEMPT);
  return attempt instanceof RequestAttempt ? attempt : undefined;
}

function headersOf(config: InternalAxiosRequestConfig): Record<string, string> {
  const entries = Object.entries(config.headers.toJSON()).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries);
}
