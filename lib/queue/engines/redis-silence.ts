/** A server that owes an answer for so long is given up, and connected to anew. */
export const SILENT_MS = 5_000;
/** How long BullMQ lets Redis wait for something to happen. */
export const BLOCKED_MS = 5_000;
/** The same, where the answer may be waited for first. */
export const BLOCKED_SILENT_MS = BLOCKED_MS + 3_000;

const INTERVAL_MS = 5_000;

/** Asks for a sign of life again and again: a connection on which nothing is asked would be silent for ever. */
export class Heartbeat {
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param client Asked only while it is connected.
   * @param ask Answered by the server, or failed by the client when that is silent.
   * @param giveUp What is done where the client itself does not notice.
   */
  constructor(
    private readonly client: { readonly status: string },
    private readonly ask: () => Promise<unknown>,
    private readonly giveUp: () => void = () => undefined,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.beat(), INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async beat(): Promise<void> {
    if (this.client.status !== 'ready') return;
    const silent = setTimeout(this.giveUp, SILENT_MS - 100);
    await this.ask().catch(() => undefined);
    clearTimeout(silent);
  }
}
