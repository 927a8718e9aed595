import { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import axios, { type AxiosInstance } from 'axios';

/** The token of the axios instance. Nest's own token belongs to the application's `HttpModule`. */
export const AXIOS_INSTANCE = Symbol('BUTTON_MESSAGING_AXIOS_INSTANCE');

export function createAxiosInstance(): AxiosInstance {
  return axios.create({ headers: { common: { Accept: 'application/json' } } });
}

/**
 * The module's own `HttpService`, which sends every request except for downloads of files. Use it for interceptors and
 * common headers. It does not replace Nest's `HttpService`.
 *
 * Interceptors see credentials. The outcome of a message is read from the connection, whatever an interceptor returns. A
 * request that an interceptor repeats is not sent again.
 *
 * @example
 * constructor(http: ButtonMessagingHttp) {
 *   http.axiosRef.interceptors.request.use((config) => {
 *     config.headers.set('X-Correlation-Id', correlationId());
 *     return config;
 *   });
 * }
 *
 * @publicApi
 */
@Injectable()
export class ButtonMessagingHttp extends HttpService {
  constructor(@Inject(AXIOS_INSTANCE) instance: AxiosInstance = createAxiosInstance()) {
    super(instance);
  }
}
