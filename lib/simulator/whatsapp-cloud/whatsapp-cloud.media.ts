import { createHash } from 'node:crypto';
import { linkOf, type SimulatedFile } from '../files/file-store.js';
import type { InboundMedia } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';

/** The path of files, which require the access token. */
export const ATTACHMENTS_PATH = '/whatsapp_business/attachments/';

/** Returns a file in a webhook: an ID to download it. */
export function cloudMedia(content: InboundMedia, { id, mimeType, bytes }: SimulatedFile): JsonObject {
  const { type, caption, filename = 'document.pdf' } = content;
  return {
    type,
    [type]: {
      id,
      mime_type: mimeType,
      sha256: hashOf(bytes).toString('base64'),
      url: linkOf(content),
      caption,
      ...(type === 'document' && { filename }),
      ...(type === 'audio' && { voice: true }),
      ...(type === 'sticker' && { animated: false }),
    },
  };
}

/** Returns the response about a file. @param baseUrl Of the simulated API. */
export function cloudFile({ id, mimeType, bytes }: SimulatedFile, baseUrl: string): JsonObject {
  return {
    messaging_product: 'whatsapp',
    url: `${baseUrl}${ATTACHMENTS_PATH}?mid=${id}`,
    mime_type: mimeType,
    sha256: hashOf(bytes).toString('hex'),
    file_size: bytes.length,
    id,
  };
}

function hashOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
