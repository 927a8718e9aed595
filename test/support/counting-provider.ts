import { FakeProvider, type ReceivedRequest, respond } from './fake-provider.js';

/** A provider of all three kinds that accepts every message and numbers it: `M1`, `M2`, … */
export class CountingProvider {
  private constructor(readonly server: FakeProvider) {}

  static async start(): Promise<CountingProvider> {
    const provider = new CountingProvider(await FakeProvider.start());
    provider.server.always((request, response) => {
      const id = `M${provider.server.requests.length}`;
      respond(response, { body: accepted(request, id) });
    });
    return provider;
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
