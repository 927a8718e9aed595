import { HttpService } from '@nestjs/axios';
import axios from 'axios';

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
export class ButtonMessagingHttp extends HttpService {
  constructor() {
    super(axios.create({ headers: { common: { Accept: 'application/json' } } }));
  }
}
