import type { HttpRequest } from '../transport/http-request.interface.js';

type Headers = Readonly<Record<string, string>>;

/** Builds requests from what all requests of an account share. Its secrets are in private fields. */
export class RequestBuilder {
  readonly #origin: string;
  readonly #path: string;
  readonly #headers: Headers;
  readonly #headersOfBody: Headers;

  /** @param url The base URL, without a trailing slash. */
  constructor(url: string, credentials: Headers) {
    const { origin, pathname } = new URL(`${url}/`);
    this.#origin = origin;
    this.#path = pathname;
    this.#headers = credentials;
    this.#headersOfBody = { ...credentials, 'Content-Type': 'application/json' };
  }

  /** The origin of all requests. */
  get origin(): string {
    return this.#origin;
  }

  /** @param path An encoded path with its query. A query without a path addresses the account itself. */
  get(path: string): HttpRequest {
    const whole = path.startsWith('?') ? this.#path.slice(0, -1) + path : this.#path + path;
    return { method: 'GET', origin: this.#origin, path: whole, headers: this.#headers };
  }

  /** Addresses another URL, with the account's credentials. Its host must be checked before. */
  getUrl({ origin, pathname, search }: URL): HttpRequest {
    return { method: 'GET', origin, path: pathname + search, headers: this.#headers };
  }

  /** @param body JSON. */
  post(path: string, body: string): HttpRequest {
    return { method: 'POST', origin: this.#origin, path: this.#path + path, headers: this.#headersOfBody, body };
  }
}
