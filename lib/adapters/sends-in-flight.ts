import { Injectable } from '@nestjs/common';
import type { MessageRecipient } from '../message/button-message.interface.js';
import { recipientKey } from '../message/recipient.js';

/** One send, from its first request until its outcome is remembered. */
export interface InFlightSend {
  /** A request is about to leave. */
  leave(): void;
  /** Its outcome is known and remembered. */
  end(): void;
}

/** What is known of whom a callback concerns: keys as `recipientKey` writes them. */
export type ConcernedKeys = readonly string[];

/**
 * Sends whose answer has not come yet. A provider's callback may overtake the answer to its own send: it then waits here
 * until the sends that it may belong to are over.
 */
@Injectable()
export class SendsInFlight {
  // A list, not a set: what comes and goes with every send must leave nothing behind.
  private readonly newest: Entry = new Entry('', '');

  /** Announces a send; it counts from its first request on. */
  open(account: string, to: MessageRecipient): InFlightSend {
    return new Entry(account, to, this.newest);
  }

  /**
   * Resolves when every send is over that is in flight now and may be what a callback means; undefined if there is none.
   *
   * @param isCertain Counts only sends to exactly these recipients, not those that cannot be compared with them.
   */
  over(account: string, concerned: ConcernedKeys, isCertain: boolean): Promise<unknown> | undefined {
    const ends: Promise<void>[] = [];
    for (let entry = this.newest.next; entry; entry = entry.next) {
      if (entry.account === account && entry.mayConcern(concerned, isCertain)) ends.push(entry.over());
    }
    return ends.length > 0 ? Promise.all(ends) : undefined;
  }
}

class Entry implements InFlightSend {
  next: Entry | undefined;
  private previous: Entry | undefined;
  private resolve: (() => void) | undefined;
  private ended: Promise<void> | undefined;

  constructor(
    readonly account: string,
    private readonly to: MessageRecipient,
    private readonly newest?: Entry,
  ) {}

  leave(): void {
    if (this.previous || !this.newest) return;
    this.previous = this.newest;
    this.next = this.newest.next;
    if (this.next) this.next.previous = this;
    this.newest.next = this;
  }

  end(): void {
    if (this.previous) this.previous.next = this.next;
    if (this.next) this.next.previous = this.previous;
    this.previous = undefined;
    this.resolve?.();
  }

  over(): Promise<void> {
    this.ended ??= new Promise((resolve) => {
      this.resolve = resolve;
    });
    return this.ended;
  }

  mayConcern(concerned: ConcernedKeys, isCertain: boolean): boolean {
    const key = recipientKey(this.to);
    if (concerned.includes(key)) return true;
    return !isCertain && !concerned.some((other) => kindOfKey(other) === kindOfKey(key));
  }
}

/** Keys of one kind can be compared: different ones are different recipients. */
function kindOfKey(key: string): string {
  if (/^\d+$/.test(key)) return 'phone';
  if (key.endsWith('@lid')) return 'lid';
  return /^(group|conversation):/.exec(key)?.[1] ?? 'userId';
}
