/** A request to a provider. Its headers, and the path for some providers, contain secrets. Only the transport gets it. */
export interface HttpRequest {
  method: 'GET' | 'POST' | 'DELETE';
  /** Scheme, host and port. */
  origin: string;
  /** Includes the query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  /** JSON, or the bytes of another content type. */
  body?: string | Buffer;
}

/** A request with a JSON body. */
export interface JsonRequest extends HttpRequest {
  method: 'POST';
  body: string;
}
