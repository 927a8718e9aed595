import type { IncomingMessage } from 'node:http';

/** The body as text and bytes. `'too-large'` if it exceeds the limit, `'gone'` if the client disconnected before its end. */
export type BodyReading = { readonly text: string; readonly bytes: Buffer } | 'too-large' | 'gone';

export function readBody(request: IncomingMessage, limit: number): Promise<BodyReading> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        // Discards the rest, so that the client reads the response.
        chunks.length = 0;
        resolve('too-large');
      }
    });
    request.once('end', () => {
      const bytes = Buffer.concat(chunks);
      resolve({ text: bytes.toString('utf8'), bytes });
    });
    request.once('close', () => resolve('gone'));
    request.once('error', () => resolve('gone'));
  });
}
