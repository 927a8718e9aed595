import { Injectable } from '@nestjs/common';
import type { MessageRecipient } from '../message/button-message.interface.js';
import { recipientKey } from '../message/recipient.js';

/** One send, from its first request until its outcome is recorded. */
export interface InFlightSend {
  /** Marks that a request is about to be sent. */
  leave(): void;
  /** Marks that the outcome is recorded. */
  end(): void;
}

/** The possible recipients of a callback, as `recipientKey` formats them. */
export type ConcernedKeys = readonly string[];

/**
 * Tracks sends without a response. A provider's callback may arrive before the response to its own send. It then waits
 * until the sends end that it may belong to.
 */
@Injectable()
export class SendsInFlight {
  // A linked list, because `Set` leaves garbage with every send.
  private readonly newest: Entry = new Entry('', '');

  /** Adds a send. It counts from its first request. */
  open(account: string, to: MessageRecipient): InFlightSend {
    return new Entry(account, to, this.newest);
  }

  /**
   * Waits for the sends in flight that a callback may belong to. Returns undefined if there are none.
   *
   * @param isCertain Counts only sends to exactly these recipients, not those with another kind of ID.
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

/** Returns the kind of a key. Different keys of one kind are different recipients. */
function kindOfKey(key: string): string {
  if (/^\d+$/.test(key)) return 'phone';
  if (key.endsWith('@lid')) return 'lid';
  return /^(group|conversation):/.exec(key)?.[1] ?? 'userId';
}
