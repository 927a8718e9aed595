import type { IncomingMessage } from 'node:http';

/** The body as text; `'too-large'` beyond the limit, `'gone'` where the client left before it was whole. */
export type BodyReading = { readonly text: string } | 'too-large' | 'gone';

export function readBody(request: IncomingMessage, limit: number): Promise<BodyReading> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        // What is still to come is read and thrown away, so that the client gets to read the answer.
        chunks.length = 0;
        resolve('too-large');
      }
    });
    request.once('end', () => resolve({ text: Buffer.concat(chunks).toString('utf8') }));
    request.once('close', () => resolve('gone'));
    request.once('error', () => resolve('gone'));
  });
}
