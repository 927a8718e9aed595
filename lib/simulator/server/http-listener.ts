import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

/** A listening socket: it starts, says where it is, and ends with everything that is open on it. */
export class HttpListener {
  // A pause of a few seconds between two requests must not race with the end of the connection between them.
  private readonly server: Server = createServer({ keepAliveTimeout: 60_000 });
  private closing: Promise<void> | undefined;

  /** Says who serves; to be called before the event loop turns again after `listen()`. */
  serve(serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>): void {
    this.server.on('request', (request, response) => {
      serve(request, response).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
        response.end(`The simulator failed: ${reason}`);
      });
    });
  }

  /** The address it listens on, as a URL. Rejects with Node's own error where the address cannot be had. */
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
