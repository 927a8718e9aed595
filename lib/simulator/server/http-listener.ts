import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A listening socket. */
export class HttpListener {
  // Longer than a pause between two requests, which must not race with the end of the connection.
  private readonly server: Server = createServer({ keepAliveTimeout: 60_000 });
  private closing: Promise<void> | undefined;

  /** Sets the request handler. Call it in the same tick as `listen()`. */
  serve(serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>): void {
    this.server.on('request', (request, response) => {
      serve(request, response).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
        response.end(`Simulator error: ${reason}`);
      });
    });
  }

  /** Listens, and returns the URL. @throws Node's error if it cannot listen. */
  listen(port: number, host: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(port, host, () => {
        this.server.removeListener('error', reject);
        const address = this.server.address();
        const actualPort = typeof address === 'object' && address ? address.port : port;
        resolve(`http://${reachable(host)}:${actualPort}`);
      });
    });
  }

  close(): Promise<void> {
    this.closing ??= new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
    return this.closing;
  }
}

function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
