/** Tells ours from what users of `WhatsAppCloudService` write there. */
const PREFIX = 'button-messaging:';

/** The `biz_opaque_callback_data` of a message, which its statuses bring back. Source: Cloud API, webhooks. */
export function callbackDataOf(sentId: string): string {
  return `${PREFIX}${sentId}`;
}

/** The id of the message to which a status belongs, where we gave it one. */
export function sentIdIn(callbackData: string | undefined): string | undefined {
  return callbackData?.startsWith(PREFIX) ? callbackData.slice(PREFIX.length) : undefined;
}
