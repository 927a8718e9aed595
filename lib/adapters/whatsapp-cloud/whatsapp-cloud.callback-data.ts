/** Distinguishes our values from those of `WhatsAppCloudService` users. */
const PREFIX = 'button-messaging:';

/**
 * Returns the `biz_opaque_callback_data` of a message, which its statuses contain.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */
export function callbackDataOf(sentId: string): string {
  return `${PREFIX}${sentId}`;
}

/** Returns the ID of our message in the callback data of a status. */
export function sentIdIn(callbackData: string | undefined): string | undefined {
  return callbackData?.startsWith(PREFIX) ? callbackData.slice(PREFIX.length) : undefined;
}
