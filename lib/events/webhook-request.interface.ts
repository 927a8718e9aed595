/** The request of a webhook, from any HTTP server. @publicApi */
export interface WebhookRequest {
  /** The HTTP method. @default 'POST' */
  method?: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  query?: Readonly<Record<string, unknown>>;
  /** The bytes as received, before any parsing or decompression. */
  rawBody?: Uint8Array;
}
