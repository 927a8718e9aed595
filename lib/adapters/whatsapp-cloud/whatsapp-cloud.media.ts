import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { InvalidMessageError } from '../../errors/message.errors.js';
import type { HttpResponse } from '../../transport/http-response.js';
import { jsonOf, textIn, textOrNumberIn } from '../json-fields.js';
import type { ReadCall } from '../provider.client.js';
import type { MediaLocation } from '../provider-adapter.interface.js';
import { whatsAppCloudMediaError } from './whatsapp-cloud.errors.js';
import { whatsAppCloudRequestBuilder } from './whatsapp-cloud.request-builder.js';

/** The host of Meta's files, which requires the access token like the API. */
const META_MEDIA_HOST = 'lookaside.fbsbx.com';

/** Returns the hosts of the provider's files. Meta must not get the key of another provider. */
export function cloudMediaHosts({ apiKeyHeader }: WhatsAppCloudAccount): readonly string[] {
  return apiKeyHeader === undefined ? [META_MEDIA_HOST] : [];
}

/** What the API says about a file. The URL is valid for five minutes. */
export type CloudMedia = Pick<MediaLocation, 'url' | 'mimeType' | 'size' | 'sha256'>;

/** Dots alone would address another object. */
const MEDIA_ID = /^(?!\.+$)[\w.-]{1,256}$/;

/**
 * Reads where a file is.
 *
 * @throws InvalidMessageError if the ID is not an ID.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export function mediaRead(account: WhatsAppCloudAccount, mediaId: string): ReadCall<CloudMedia> {
  if (!MEDIA_ID.test(mediaId)) {
    const message = 'event.media.id must contain only letters, digits, "-", "_" and "."';
    const issue = { path: 'event.media.id', rule: 'isMedia', message };
    throw new InvalidMessageError([issue], { provider: account.provider, account: account.name });
  }
  return {
    account,
    operation: 'media-url',
    requestBuilderFor: () => whatsAppCloudRequestBuilder(account),
    request: (builder) => builder.get(`/${mediaId}`),
    read: (response) => readMedia(response, account),
    sampleBody: () => ({ url: `https://${META_MEDIA_HOST}/whatsapp_business/attachments/` }),
  };
}

function readMedia(response: HttpResponse, account: WhatsAppCloudAccount): CloudMedia {
  const body = jsonOf(response);
  const url = textIn(body, 'url');
  if (url === undefined) throw whatsAppCloudMediaError(response, account);
  return {
    url: ownUrl(url, account),
    mimeType: textIn(body, 'mime_type'),
    size: sizeOf(textOrNumberIn(body, 'file_size')),
    sha256: hexadecimal(textIn(body, 'sha256')),
  };
}

/**
 * Returns the URL under which the account's provider serves a file. Other providers return Meta's URL, and serve its path.
 *
 * @see https://docs.360dialog.com/docs/waba-messaging/media/upload-retrieve-or-delete-media
 */
function ownUrl(url: string, { apiKeyHeader, baseUrl }: WhatsAppCloudAccount): string {
  if (apiKeyHeader === undefined || !URL.canParse(url)) return url;
  const { hostname, pathname, search } = new URL(url);
  return hostname === META_MEDIA_HOST ? new URL(baseUrl).origin + pathname + search : url;
}

function sizeOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** Returns a hash in hexadecimal digits. The API uses these, and its webhooks base64. */
function hexadecimal(hash = ''): string | undefined {
  if (/^[\da-f]{64}$/i.test(hash)) return hash.toLowerCase();
  const bytes = Buffer.from(hash, 'base64');
  return bytes.length === 32 ? bytes.toString('hex') : undefined;
}
