import { delay, withTimeout } from '../async/delay.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';

/** More are given up: a store that is away for good must not fill the memory. */
const MAX = 10_000;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;
/** From then on it lets others go first: it may be the message that the store refuses. */
const MAX_RETRIES = 5;

interface Entry {
  keep: () => Promise<void> | undefined;
  failures: number;
}

/** Sent messages that a store failed to remember. They are tried again, in order, until they are remembered. */
export class SentMessageRetries {
  private readonly waiting: Entry[] = [];
  private readonly ended = new AbortController();
  private readonly hurry = new AbortController();
  private working: Promise<void> | undefined;
  private hasGivenUp = false;

  constructor(private readonly logger: Pick<MessagingLogger, 'error'>) {}

  /** @param keep Remembers a message; it has failed once. */
  add(keep: Entry['keep']): void {
    if (this.ended.signal.aborted || this.waiting.length >= MAX) this.giveUp(1);
    else this.waiting.push({ keep, failures: 1 });
    if (this.working || this.waiting.length === 0) return;
    this.logger.error('The store of sent messages failed; what it missed is remembered as soon as it works again.');
    this.working = this.work();
  }

  /** Tries without long pauses until all are remembered, or for so many milliseconds. */
  async flush(withinMs: number): Promise<void> {
    this.hurry.abort();
    if (this.working) await withTimeout(withinMs, this.working);
  }

  /** Gives up what is not remembered by now, and what comes from now on. */
  end(): void {
    this.ended.abort();
    this.giveUp(this.waiting.splice(0).length);
  }

  private async work(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    // Where all goes well there is no pause, and this lets others go first.
    while (await this.pause(pauseMs)) {
      const remembered = await this.rememberNext();
      if (this.waiting.length === 0) break;
      pauseMs = remembered ? 0 : Math.min(Math.max(2 * pauseMs, FIRST_PAUSE_MS), MAX_PAUSE_MS);
    }
    this.working = undefined;
    this.hasGivenUp = false;
  }

  private async rememberNext(): Promise<boolean> {
    const [entry] = this.waiting;
    if (!entry) return true;
    try {
      await entry.keep();
      if (this.waiting[0] === entry) this.waiting.shift();
      return true;
    } catch {
      entry.failures += 1;
      if (entry.failures % MAX_RETRIES === 0 && this.waiting[0] === entry)
        this.waiting.push(...this.waiting.splice(0, 1));
      return false;
    }
  }

  /** False as soon as it is all over. */
  private async pause(ms: number): Promise<boolean> {
    const { ended, hurry } = this;
    if (hurry.signal.aborted) await delay(Math.min(ms, FIRST_PAUSE_MS), ended.signal);
    else await delay(ms, ended.signal, hurry.signal);
    return !ended.signal.aborted;
  }

  private giveUp(count: number): void {
    if (count === 0 || this.hasGivenUp) return;
    // Once for all that follow: where one is given up, many are.
    this.hasGivenUp = true;
    this.logger.error('The store of sent messages failed for too long; answers to some messages may not be matched.');
  }
}
