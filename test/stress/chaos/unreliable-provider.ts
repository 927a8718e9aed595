import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { FakeProvider, type ReceivedRequest } from '../../support/fake-provider.js';

const FAULTS = [
  'drop before accepting',
  'drop after accepting',
  'cut answer',
  'cut chunks',
  'garbage, accepted',
  'garbage, not accepted',
  'HTML, accepted',
  '429',
  '503',
  '500, accepted',
  '500, not accepted',
  '502',
  '400',
  '200 with an error',
  'silence, accepted',
  'silence, not accepted',
  'accepted too late',
] as const;

/**
 * A provider that misbehaves in a share of its responses, in a sequence given by the seed. It counts how often it
 * accepted each message, by its text.
 */
export class UnreliableProvider {
  readonly accepted = new Map<string, number>();
  readonly faults = new Map<string, number>();
  requests = 0;
  private busy = 0;

  private constructor(
    private readonly server: FakeProvider,
    private readonly random: () => number,
    private readonly share: number,
  ) {}

  static async start(seed: number, share: number): Promise<UnreliableProvider> {
    const provider = new UnreliableProvider(await FakeProvider.start(), randomOf(seed), share);
    provider.server.always((...given) => provider.handle(...given));
    return provider;
  }

  get url(): string {
    return this.server.url;
  }

  /** Whether no message is waiting to be accepted late. */
  get idle(): boolean {
    return this.busy === 0;
  }

  times(marker: string): number {
    return this.accepted.get(marker) ?? 0;
  }

  close(): Promise<void> {
    return this.server.close();
  }

  private handle({ body }: ReceivedRequest, response: ServerResponse, socket: Socket): void {
    this.requests += 1;
    const marker = /marker-\d+/.exec(body)?.[0] ?? 'none';
    const fault = this.random() < this.share ? FAULTS[Math.floor(this.random() * FAULTS.length)] : undefined;
    if (fault) this.faults.set(fault, (this.faults.get(fault) ?? 0) + 1);
    this.act(fault, marker, socket, response);
  }

  private accept(marker: string): void {
    this.accepted.set(marker, this.times(marker) + 1);
  }

  private act(
    fault: (typeof FAULTS)[number] | undefined,
    marker: string,
    socket: Socket,
    response: ServerResponse,
  ): void {
    const ids = JSON.stringify({ zaapId: `z-${marker}`, messageId: `m-${marker}` });
    const answer = (status: number, body: string, headers: Record<string, string> = {}) =>
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(body);
    if (fault?.endsWith(', accepted') || fault?.startsWith('cut') || fault === 'drop after accepting')
      this.accept(marker);
    switch (fault) {
      case undefined:
        this.accept(marker);
        return void answer(200, ids);
      case 'drop before accepting':
      case 'drop after accepting':
        if (this.random() < 0.5) socket.destroy();
        else socket.resetAndDestroy();
        return;
      case 'cut answer':
        return void socket.end(`HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n${ids}`);
      case 'cut chunks':
        return void socket.end(
          `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${ids.length.toString(16)}\r\n${ids}\r\n`,
        );
      case 'garbage, accepted':
      case 'garbage, not accepted':
        return void socket.end('\u0000\u0001 not HTTP at all \r\n\r\n');
      case 'HTML, accepted':
        return void answer(200, '<html>Welcome</html>');
      case '429':
      case '503':
        return void answer(Number(fault), '{"error":"later"}', { 'Retry-After': '0' });
      case '500, accepted':
      case '500, not accepted':
        return void answer(500, '{"error":"something"}');
      case '502':
        return void answer(502, '<html>Bad gateway</html>');
      case '400':
        return void answer(400, '{"error":"bad"}');
      case '200 with an error':
        return void answer(200, '{"error":"refused"}');
      case 'silence, accepted':
      case 'silence, not accepted':
        return;
      case 'accepted too late':
        this.busy += 1;
        setTimeout(() => {
          this.busy -= 1;
          this.accept(marker);
          answer(200, ids);
        }, 400);
    }
  }
}

/** Generates the same numbers for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
