import type { ServerResponse } from 'node:http';
import { EventStream } from './event-stream.js';
import type { PhoneActivity } from './phone-news.interface.js';
import { type PhoneChange, type PhoneStore, SHOWN_MESSAGES } from './phone-store.js';

/** Changes within this time are sent together, in milliseconds. */
const BATCH_MS = 25;
const HEARTBEAT_MS = 15_000;
/** Maximum number of open streams. Each keeps a socket, and receives every change. */
const MAX_STREAMS = 100;

/** Sends changes to every open page, by server-sent events. */
export class PhoneFeed {
  private readonly streams = new Set<EventStream>();
  private readonly changed = new Set<string>();
  private activities: PhoneActivity[] = [];
  private windowsChanged = false;
  private gathering: NodeJS.Timeout | undefined;

  constructor(
    private readonly records: PhoneStore,
    closed: AbortSignal,
  ) {
    const heartbeat = setInterval(() => this.beat(), HEARTBEAT_MS).unref();
    closed.addEventListener('abort', () => {
      clearInterval(heartbeat);
      clearTimeout(this.gathering);
    });
  }

  /** Opens a stream of events, beginning with the current state. */
  open(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
    if (this.streams.size >= MAX_STREAMS) {
      response.writeHead(503, { ...headers, 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' });
      response.end(`${MAX_STREAMS} pages are open. Close one of them`);
      return;
    }
    const stream = new EventStream(response, headers, () => this.everything());
    this.streams.add(stream);
    response.once('close', () => this.streams.delete(stream));
  }

  /** Publishes a change. Without details, something outside the phones changed. */
  tell({ messageId, activity, windows = false }: PhoneChange = {}): void {
    if (this.streams.size === 0) return;
    if (messageId !== undefined) this.changed.add(messageId);
    if (activity) this.activities.push(activity);
    this.windowsChanged ||= windows;
    this.gathering ??= setTimeout(() => this.sendGathered(), BATCH_MS).unref();
  }

  private sendGathered(): void {
    this.gathering = undefined;
    const news =
      this.changed.size > SHOWN_MESSAGES
        ? this.everything()
        : eventOf('changes', this.records.changes(this.changed, this.activities, this.windowsChanged));
    this.changed.clear();
    this.activities = [];
    this.windowsChanged = false;
    for (const stream of this.streams) stream.send(news);
  }

  private everything(): string {
    return eventOf('snapshot', this.records.snapshot());
  }

  private beat(): void {
    for (const stream of this.streams) stream.beat();
  }
}

function eventOf(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
