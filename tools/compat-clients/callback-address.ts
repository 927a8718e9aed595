import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A webhook as it was received. */
export interface Callback {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Returns the challenge of Meta's verification, or undefined if the verify token is wrong. */
type Verifier = (query: URLSearchParams) => Promise<string | undefined>;

/** Receives webhooks and keeps them for the clients to parse. */
export class CallbackAddress {
  private readonly kept: Callback[] = [];
  private verifier: Verifier = async () => undefined;

  private constructor(private readonly server: Server) {
    server.on('request', async (request, response) => {
      if (request.method === 'GET') {
        const challenge = await this.verifier(new URL(request.url ?? '/', this.url).searchParams);
        response.writeHead(challenge === undefined ? 403 : 200).end(challenge);
        return;
      }
      this.kept.push({ headers: singleHeaders(request.headers), body: await text(request) });
      response.writeHead(200).end();
    });
  }

  static async start(): Promise<CallbackAddress> {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new CallbackAddress(server);
  }

  get url(): string {
    const address: string | AddressInfo | null = this.server.address();
    if (typeof address !== 'object' || address === null) throw new Error('The webhook server is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Sets the function that handles verifications. */
  verifyBy(verifier: Verifier): void {
    this.verifier = verifier;
  }

  /** Returns the last webhook. */
  last(): Callback {
    const callback = this.kept.at(-1);
    if (!callback) throw new Error('No webhook was received');
    return callback;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

function singleHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
