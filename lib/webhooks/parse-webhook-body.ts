import { headerOf, type WebhookRequest } from '../adapters/webhook-adapter.js';
import { decodeContent } from '../transport/content-encoding.js';
import { isRecord } from '../validation/is-record.js';

/** Maximum size of a webhook, in bytes, before and after decompression. Meta sends up to 3 MB. */
export const MAX_WEBHOOK_BYTES = 3 * 1_024 * 1_024;

/** Parses the JSON body of a webhook. Returns undefined if it is not JSON. */
export async function parseWebhookBody(request: WebhookRequest): Promise<{ value: unknown } | 'too large' | undefined> {
  try {
    const raw = request.rawBody ?? new Uint8Array();
    const bytes = await decodeContent(raw, headerOf(request, 'content-encoding'), MAX_WEBHOOK_BYTES);
    return {
      value: JSON.parse(
        Buffer.from(bytes)
          .toString('utf8')
          .replace(/^\ufeff/, ''),
      ),
    };
  } catch (error) {
    return isTooLarge(error) ? 'too large' : undefined;
  }
}

/** Checks for zlib's error. */
function isTooLarge(error: unknown): boolean {
  return isRecord(error) && error.code === 'ERR_BUFFER_TOO_LARGE';
}
