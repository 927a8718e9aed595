/** A request to a provider. Its headers, and the path for some providers, contain secrets. Only the transport gets it. */
export interface HttpRequest {
  method: 'GET' | 'POST';
  /** Scheme, host and port. */
  origin: string;
  /** Includes the query. */
  path: string;
  headers: Readonly<Record<string, string>>;
  /** The serialized body. */
  body?: string;
}
