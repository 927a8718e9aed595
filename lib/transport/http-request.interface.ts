/**
 * One request to a provider. It holds secrets, in the headers and for some providers in the URL: it goes to the
 * transport and nowhere else.
 */
export interface HttpRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** The body as it goes on the wire. */
  body?: string;
}
