/** A webhook's request, as any HTTP server can give it. */
export interface WebhookRequest {
  /** Default: `POST`. */
  method?: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  query?: Readonly<Record<string, unknown>>;
  /** The bytes as they came, before anything was parsed or decompressed. */
  rawBody?: Uint8Array;
}
