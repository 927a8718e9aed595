import { createHash } from 'node:crypto';
import { digits } from '../identifiers.js';
import { type InboundMedia, mimeTypeOf } from '../inbound/inbound.js';
import type { JsonObject } from '../json.js';

/** Returns media in a webhook: an ID to download them. */
export function cloudMedia(content: InboundMedia): JsonObject {
  const { type, caption, url, filename = 'document.pdf' } = content;
  const id = digits(15);
  return {
    type,
    [type]: {
      id,
      mime_type: mimeTypeOf(content),
      sha256: createHash('sha256').update(id).digest('base64'),
      url,
      caption,
      ...(type === 'document' && { filename }),
      ...(type === 'audio' && { voice: true }),
      ...(type === 'sticker' && { animated: false }),
    },
  };
}
