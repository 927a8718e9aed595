import { delay, withTimeout } from '../async/delay.js';
import type { MessagingLogger } from '../telemetry/messaging.logger.js';

/** Maximum number of pending messages, so that a store that stays unavailable does not fill the memory. */
const MAX = 10_000;
const FIRST_PAUSE_MS = 100;
const MAX_PAUSE_MS = 5_000;
/** After this number of failures the message goes to the end, because the store may reject only this one. */
const MAX_RETRIES = 5;

interface Entry {
  keep: () => Promise<void> | undefined;
  failures: number;
}

/** Retries messages that a store failed to remember, in order, until it succeeds. */
export class SentMessageRetries {
  private readonly waiting: Entry[] = [];
  private readonly ended = new AbortController();
  private readonly hurry = new AbortController();
  private working: Promise<void> | undefined;
  private hasGivenUp = false;

  constructor(private readonly logger: Pick<MessagingLogger, 'error'>) {}

  /** @param keep Stores a message. It has failed once. */
  add(keep: Entry['keep']): void {
    if (this.ended.signal.aborted || this.waiting.length >= MAX) this.giveUp(1);
    else this.waiting.push({ keep, failures: 1 });
    if (this.working || this.waiting.length === 0) return;
    this.logger.error('The sent-message store failed. What it missed is stored as soon as it works again.');
    this.working = this.work();
  }

  /** Retries without long pauses until all messages are stored, for at most `withinMs` milliseconds. */
  async flush(withinMs: number): Promise<void> {
    this.hurry.abort();
    if (this.working) await withTimeout(withinMs, this.working);
  }

  /** Discards what is not stored yet, and all messages from now on. */
  end(): void {
    this.ended.abort();
    this.giveUp(this.waiting.splice(0).length);
  }

  private async work(): Promise<void> {
    let pauseMs = FIRST_PAUSE_MS;
    // After a success the pause is 0, which lets other work run.
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

  /** Returns false once retries have ended. */
  private async pause(ms: number): Promise<boolean> {
    const { ended, hurry } = this;
    if (hurry.signal.aborted) await delay(Math.min(ms, FIRST_PAUSE_MS), ended.signal);
    else await delay(ms, ended.signal, hurry.signal);
    return !ended.signal.aborted;
  }

  private giveUp(count: number): void {
    if (count === 0 || this.hasGivenUp) return;
    // Logged once, because many follow.
    this.hasGivenUp = true;
    this.logger.error('The sent-message store failed for too long. Replies to some messages may not be matched.');
  }
}
