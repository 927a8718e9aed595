import type { ReplyContent } from '../../../lib/simulator/inbound/inbound.interface.js';

const KINDS = ['image', 'video', 'audio'] as const;

/** Returns a file as a reply, with its bytes in a data URI. */
export async function attachedFile(file: File): Promise<ReplyContent> {
  const kind = KINDS.find((known) => file.type.startsWith(`${known}/`)) ?? 'document';
  const url = await dataUri(file);
  const mimeType = file.type || 'application/octet-stream';
  return { type: kind, url, mimeType, ...(kind === 'document' && { filename: file.name }) };
}

function dataUri(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
