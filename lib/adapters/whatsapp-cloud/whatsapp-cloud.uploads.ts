import type { WhatsAppCloudAccount } from '../../config/accounts/whatsapp-cloud.account.js';
import { InvalidMessageError } from '../../errors/message.errors.js';
import { MEDIA_LIMITS, mediaKind } from '../../message/limits.js';
import { IsText, Optional } from '../../validation/index.js';
import { isRecord } from '../../validation/is-record.js';
import { createRuleDecorator } from '../../validation/rule.js';
import type { ReadCall } from '../provider.client.js';
import { whatsAppCloudRequestBuilder } from './whatsapp-cloud.request-builder.js';
import { readMediaId, readSuccess } from './whatsapp-cloud.responses.js';

/** A file to upload. @publicApi */
export interface CloudMediaUpload {
  /** The content, as large as WhatsApp allows for its type. */
  file: Blob | Uint8Array;
  /** The MIME type, such as `image/jpeg` or `audio/ogg; codecs=opus`. */
  mimeType: string;
  /** The name of the file. Meta does not show it. @default 'file' */
  filename?: string;
}

/** The ID of an uploaded file, for 30 days. @publicApi */
export interface CloudUploadedMedia {
  /** Pass it as `id` of a file, or as `mediaId` of a header. */
  mediaId: string;
}

function sizeOf(file: unknown): number | undefined {
  if (file instanceof Blob) return file.size;
  return file instanceof Uint8Array ? file.byteLength : undefined;
}

const IsFile = createRuleDecorator('isFile', {
  validate: (value) => (sizeOf(value) ?? 0) > 0,
  message: '$property must be a Blob or a Uint8Array that is not empty',
});

/** The maximum size depends on the type, which `mimeType` contains. */
const HasMediaSize = createRuleDecorator('mediaSize', {
  validate: (value, { object }) => (sizeOf(value) ?? 0) <= maxBytesOf(object),
  message: ({ object }) => `$property must have at most ${maxBytesOf(object)} bytes, the maximum of its mimeType`,
});

function maxBytesOf(upload: unknown): number {
  const mimeType = isRecord(upload) && typeof upload.mimeType === 'string' ? upload.mimeType : '';
  return MEDIA_LIMITS[mediaKind(mimeType)];
}

const IsMimeType = createRuleDecorator('isMimeType', {
  validate: (value) => typeof value !== 'string' || /^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+="?[\w.+-]+"?)*$/.test(value),
  message: '$property must be a MIME type, such as image/jpeg',
});

/** The rules of `CloudMediaUpload`. */
export class MediaUploadDto {
  @HasMediaSize()
  @IsFile()
  file!: Blob | Uint8Array;

  @IsMimeType()
  @IsText()
  mimeType!: string;

  @Optional()
  @IsText()
  filename?: string;
}

/** The rules of the ID of a file. */
export class MediaIdDto {
  @IsText()
  mediaId!: string;
}

/** A form in the bytes of a request. */
export interface EncodedForm {
  bytes: Buffer;
  contentType: string;
}

/**
 * Encodes a valid upload once, so that it can be repeated.
 *
 * @throws InvalidMessageError if the content of a Blob cannot be read, for example because its file was changed.
 */
export async function encodeUpload(
  { file, mimeType, filename = 'file' }: CloudMediaUpload,
  account: WhatsAppCloudAccount,
): Promise<EncodedForm> {
  const form = new FormData();
  form.append('messaging_product', 'whatsapp');
  form.append('type', mimeType);
  const content = file instanceof Blob ? file : new Uint8Array(file);
  form.append('file', new Blob([content], { type: mimeType }), filename);
  try {
    const encoded = new Response(form);
    const bytes = Buffer.from(await encoded.arrayBuffer());
    return { bytes, contentType: String(encoded.headers.get('Content-Type')) };
  } catch {
    const issue = { path: 'file', rule: 'isReadable', message: 'the content of file cannot be read' };
    throw new InvalidMessageError([issue], { provider: account.provider, account: account.name });
  }
}

/**
 * Uploads a file. A repeated upload only creates another ID.
 *
 * @see https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export function mediaUpload(account: WhatsAppCloudAccount, form: EncodedForm): ReadCall<CloudUploadedMedia> {
  return {
    account,
    operation: 'upload-media',
    requestBuilderFor: () => whatsAppCloudRequestBuilder(account),
    request: (builder) => builder.postBytes('media', form.bytes, form.contentType),
    read: (response) => readMediaId(response, account),
    sampleBody: () => ({ id: 'media-1' }),
  };
}

/** Deletes an uploaded file. */
export function mediaDeletion(account: WhatsAppCloudAccount, mediaId: string): ReadCall<void> {
  const number = encodeURIComponent(account.phoneNumberId);
  return {
    account,
    operation: 'delete-media',
    requestBuilderFor: () => whatsAppCloudRequestBuilder(account),
    request: (builder) => builder.delete(`/${encodeURIComponent(mediaId)}?phone_number_id=${number}`),
    read: (response) => readSuccess(response, account),
    sampleBody: () => ({ success: true }),
  };
}
