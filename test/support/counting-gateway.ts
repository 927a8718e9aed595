import { ProviderServer, type ReceivedRequest } from './provider-server.js';

/** A provider of all three kinds that accepts every message and numbers it: `M1`, `M2`, … */
export class CountingGateway {
  private constructor(readonly server: ProviderServer) {}

  static async start(): Promise<CountingGateway> {
    const gateway = new CountingGateway(await ProviderServer.start());
    gateway.server.always((request, response) => {
      const id = `M${gateway.server.requests.length}`;
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(accepted(request, id)));
    });
    return gateway;
  }

  get url(): string {
    return this.server.url;
  }

  /** The text of every message that was accepted, in its lines. */
  get texts(): string[][] {
    return (this.server.bodies as Record<string, unknown>[]).map((body) =>
      textOf(body)
        .split('\n')
        .filter((line) => line.trim() !== ''),
    );
  }

  /** The end of the path of every request. */
  get endpoints(): string[] {
    return this.server.requests.map(({ url }) => url.split('/').at(-1) ?? '');
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

function accepted({ url }: ReceivedRequest, id: string): unknown {
  if (url.startsWith('/instances/')) return { zaapId: `Z${id}`, messageId: id, id };
  if (url.startsWith('/messages/interactive/') || url.startsWith('/conversation/')) {
    return { success: true, message: { id } };
  }
  return { messaging_product: 'whatsapp', messages: [{ id }] };
}

function textOf(body: Record<string, unknown>): string {
  const { message, text } = body as { message?: string; text?: { body?: string } };
  return message ?? text?.body ?? '';
}
