/** What the app answered to a webhook. */
export interface WebhookAnswer {
  /** The HTTP status: 200 where all is well. */
  readonly status: number;
  /** The answer's body, as text. */
  readonly body: string;
  /** Where the webhook was posted. */
  readonly url: string;
  /** The exact text that was posted; `''` where it was a GET. */
  readonly posted: string;
}
