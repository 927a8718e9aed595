/**
 * One request to a provider. It holds secrets, in the headers and for some providers in the path: it goes to the
 * transport and nowhere else.
 */
export interface HttpRequest {
  method: 'GET' | 'POST';
  /** Scheme, host and port. */
  origin: string;
  /** With the query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  /** The body as it goes on the wire. */
  body?: string;
}
