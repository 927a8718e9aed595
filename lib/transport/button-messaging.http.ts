import { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import axios, { type AxiosInstance } from 'axios';

/** The token of the axios instance. Nest's own token stands for the instance of the application's `HttpModule`. */
export const AXIOS_INSTANCE = Symbol('BUTTON_MESSAGING_AXIOS_INSTANCE');

export function createAxiosInstance(): AxiosInstance {
  return axios.create({ headers: { common: { Accept: 'application/json' } } });
}

/**
 * The module's own `HttpService`, through which every request goes: for interceptors and common headers, which may
 * change requests and look at answers. It is not Nest's `HttpService`, and takes nobody's place.
 *
 * An interceptor sees credentials. What became of a message is read from the wire, whatever an interceptor makes of
 * the answer, and a request that an interceptor repeats does not go out a second time.
 *
 * @example
 * constructor(http: ButtonMessagingHttp) {
 *   http.axiosRef.interceptors.request.use((config) => {
 *     config.headers.set('X-Correlation-Id', correlationId());
 *     return config;
 *   });
 * }
 */
@Injectable()
export class ButtonMessagingHttp extends HttpService {
  constructor(@Inject(AXIOS_INSTANCE) instance: AxiosInstance = createAxiosInstance()) {
    super(instance);
  }
}
