import type { HttpRequest } from '../transport/http-request.interface.js';

type Headers = Readonly<Record<string, string>>;

/** What all requests of an account share, made ready once. It holds secrets, in fields that nothing prints. */
export class RequestBuilder {
  readonly #origin: string;
  readonly #path: string;
  readonly #headers: Headers;
  readonly #headersOfBody: Headers;

  /** @param url What the URLs of all requests begin with, without a slash at the end. */
  constructor(url: string, credentials: Headers) {
    const { origin, pathname } = new URL(`${url}/`);
    this.#origin = origin;
    this.#path = pathname;
    this.#headers = credentials;
    this.#headersOfBody = { ...credentials, 'Content-Type': 'application/json' };
  }

  /** The host that requests go to. */
  get origin(): string {
    return this.#origin;
  }

  /** @param path With the query; what was put into it is encoded. A query alone asks about the account itself. */
  get(path: string): HttpRequest {
    const whole = path.startsWith('?') ? this.#path.slice(0, -1) + path : this.#path + path;
    return { method: 'GET', origin: this.#origin, path: whole, headers: this.#headers };
  }

  /** @param body JSON. */
  post(path: string, body: string): HttpRequest {
    return { method: 'POST', origin: this.#origin, path: this.#path + path, headers: this.#headersOfBody, body };
  }
}
