import type { ServerResponse } from 'node:http';

/** One page that listens. A page that is slower than the news misses some, and then gets everything anew. */
export class EventStream {
  private full = false;
  private missed = false;

  constructor(
    private readonly response: ServerResponse,
    headers: Readonly<Record<string, string>>,
    private readonly everything: () => string,
  ) {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    response.on('drain', () => this.drained());
    response.write('retry: 500\n\n');
    this.send(everything());
  }

  send(news: string): void {
    if (this.full) this.missed = true;
    else this.full = !this.response.write(news);
  }

  /** Shows both ends that the connection is still there. */
  beat(): void {
    if (!this.full) this.full = !this.response.write(': still here\n\n');
  }

  private drained(): void {
    this.full = false;
    if (!this.missed) return;
    this.missed = false;
    this.send(this.everything());
  }
}
