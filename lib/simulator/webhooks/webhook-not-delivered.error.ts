/** What the recipient did is recorded, but nobody could be told: no address is set, or nobody answers there. */
export class WebhookNotDeliveredError extends Error {
  override readonly name = 'UntoldWebhookError';
}
