/** The application's response to a webhook. @publicApi */
export interface WebhookAnswer {
  /** The HTTP status: 200 for success. */
  readonly status: number;
  /** The response's body, as text. */
  readonly body: string;
  /** The URL of the webhook. */
  readonly url: string;
  /** The body that was sent. Empty for a GET request. */
  readonly posted: string;
}
