import type { ServerResponse } from 'node:http';

/** The connection of a page. A page that is too slow misses changes, and then receives everything again. */
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

  /** Sends a comment, which shows both ends that the connection works. */
  beat(): void {
    if (!this.full) this.full = !this.response.write(': keep-alive\n\n');
  }

  private drained(): void {
    this.full = false;
    if (!this.missed) return;
    this.missed = false;
    this.send(this.everything());
  }
}
