import type { HttpRequest, JsonRequest } from '../transport/http-request.interface.js';

type Headers = Readonly<Record<string, string>>;

const JSON_TYPE = 'application/json';

/** Builds requests from what all requests of an account share. Its secrets are in private fields. */
export class RequestBuilder {
  readonly #origin: string;
  readonly #path: string;
  readonly #root: string;
  readonly #headers: Headers;
  readonly #headersOfBody: Headers;

  /**
   * @param url The base URL of most requests, without a trailing slash.
   * @param root The base URL of paths that begin with a slash, on the same host. Default: `url`.
   */
  constructor(url: string, credentials: Headers, root = url) {
    const { origin, pathname } = new URL(`${url}/`);
    this.#origin = origin;
    this.#path = pathname;
    this.#root = new URL(`${root}/`).pathname;
    this.#headers = credentials;
    this.#headersOfBody = { ...credentials, 'Content-Type': JSON_TYPE };
  }

  /** The origin of all requests. */
  get origin(): string {
    return this.#origin;
  }

  /** @param path An encoded path with its query. A query without a path addresses the account itself. */
  get(path: string): HttpRequest {
    return { method: 'GET', origin: this.#origin, path: this.#pathOf(path), headers: this.#headers };
  }

  /** Addresses another URL, with the account's credentials. Its host must be checked before. */
  getUrl({ origin, pathname, search }: URL): HttpRequest {
    return { method: 'GET', origin, path: pathname + search, headers: this.#headers };
  }

  /** @param body JSON. */
  post(path: string, body: string): JsonRequest {
    return { method: 'POST', origin: this.#origin, path: this.#pathOf(path), headers: this.#headersOfBody, body };
  }

  /** @param contentType The type of the bytes. */
  postBytes(path: string, body: Buffer, contentType: string): HttpRequest {
    return { ...this.post(path, ''), headers: { ...this.#headers, 'Content-Type': contentType }, body };
  }

  delete(path: string): HttpRequest {
    return { ...this.get(path), method: 'DELETE' };
  }

  #pathOf(path: string): string {
    if (path.startsWith('/')) return this.#root + path.slice(1);
    return path.startsWith('?') ? this.#path.slice(0, -1) + path : this.#path + path;
  }
}
