/** The token of the options of the webhook endpoints: `false` if they are switched off, undefined if they are not set. */
export const WEBHOOK_OPTIONS = Symbol('WEBHOOK_OPTIONS');
