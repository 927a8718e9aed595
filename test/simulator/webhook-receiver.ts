import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface ReceivedWebhook {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  json: unknown;
}

/** An app's webhook routes, as far as the simulator can see: it keeps what comes and answers as it is told. */
export async function receiveWebhooks(status = 200) {
  const received: ReceivedWebhook[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = '', url = '', headers } = request;
      received.push({
        method,
        url,
        headers,
        body,
        json: body.length > 0 ? JSON.parse(body.toString('utf8')) : undefined,
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
