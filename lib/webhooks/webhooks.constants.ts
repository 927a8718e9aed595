/** The injection token of the webhook options: `false` if webhooks are disabled, undefined if they are not set. */
export const WEBHOOK_OPTIONS = Symbol('WEBHOOK_OPTIONS');
