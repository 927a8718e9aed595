import { createServer, type IncomingHttpHeaders } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface ReceivedWebhook {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  json: unknown;
}

/** Starts a server that records webhooks and responds with the given status. */
export async function receiveWebhooks(status = 200) {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = '', url = '', headers } = request;
      const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');
      received.push({
        method,
        url,
        headers,
        body,
        json: text === '' ? undefined : JSON.parse(text),
      });
      const challenge = new URL(url, 'http://receiver').searchParams.get('hub.challenge');
      response.writeHead(status).end(challenge ?? 'heard');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/webhooks`,
    received,
    last: () => {
      const webhook = received.at(-1);
      if (!webhook) throw new Error('no webhook came');
      return webhook;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
