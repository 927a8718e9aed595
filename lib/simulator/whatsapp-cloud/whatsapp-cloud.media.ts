import { createHash } from 'node:crypto';
import { digits } from '../identifiers.js';
import type { InboundContent } from '../inbound/inbound.interface.js';
import type { JsonObject } from '../json.js';

type Media = Extract<InboundContent, { readonly url?: string }>;

const MIME_TYPES: Readonly<Record<Media['type'], string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/ogg; codecs=opus',
  document: 'application/pdf',
  sticker: 'image/webp',
};

/** Returns media in a webhook: an ID to download them. */
export function cloudMedia(content: Media): JsonObject {
  const { type, caption, url, mimeType = MIME_TYPES[type] } = content;
  const id = digits(15);
  return {
    type,
    [type]: {
      id,
      mime_type: mimeType,
      sha256: createHash('sha256').update(id).digest('base64'),
      ...(url !== undefined && { url }),
      ...(caption !== undefined && { caption }),
      ...(type === 'document' && { filename: content.filename ?? 'document.pdf' }),
      ...(type === 'audio' && { voice: true }),
      ...(type === 'sticker' && { animated: false }),
    },
  };
}
