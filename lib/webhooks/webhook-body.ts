import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { headerOf, type WebhookRequest } from '../providers/webhook-provider.js';

/** The most that a webhook may bring, in bytes, before and after decompression. Meta sends up to 3 MB. */
export const MOST_WEBHOOK_BYTES = 3 * 1_024 * 1_024;

const DECODERS: Readonly<Record<string, (bytes: Uint8Array, limit: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** The JSON value of a webhook, or undefined where it has none. */
export async function readWebhookBody(request: WebhookRequest): Promise<{ value: unknown } | undefined> {
  try {
    const bytes = await decoded(request);
    return { value: JSON.parse(new TextDecoder('utf-8').decode(bytes)) };
  } catch {
    return undefined;
  }
}

async function decoded(request: WebhookRequest): Promise<Uint8Array> {
  const bytes = request.rawBody ?? new Uint8Array();
  const encoding = headerOf(request, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return bytes;
  const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  if (!decode) throw new TypeError('The encoding is not known.');
  return decode(bytes, { maxOutputLength: MOST_WEBHOOK_BYTES });
}
