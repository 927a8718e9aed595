/** The reply is recorded, but its webhook was not delivered: no URL is set, or there was no response. */
export class WebhookNotDeliveredError extends Error {
  override readonly name = 'UntoldWebhookError';
}
