import { Injectable } from '@nestjs/common';
import { SendsInFlight } from '../../adapters/sends-in-flight.js';
import { delay } from '../../async/delay.js';
import type { EventSender, ParsedEvent } from '../../events/messaging-event.interface.js';
import { recipientKey } from '../../message/recipient.js';
import { personOf } from '../../stores/known-people.js';
import { MemorySentMessageStore } from '../../stores/memory/memory-sent-message.store.js';
import { SentMessageStore } from '../../stores/sent-message.store.js';
import type { Match } from './reply.matcher.js';

/** How long after each other another process's message is looked for again, in milliseconds. */
const PAUSES_MS = [200, 800, 3_000];

/** What a callback concerns. */
interface Concerned {
  sender: EventSender;
  /** It names the message. */
  isNamed: boolean;
}

/**
 * Waits for what a callback may belong to, if it came before the answer to its own send: for the sends in flight here,
 * and, if messages are remembered for several processes, for a while for those of the others.
 */
@Injectable()
export class EarlyCallbacks {
  private readonly shutdown = new AbortController();

  /** Other processes send, too, and remember what they sent in the same store. */
  private readonly isShared: boolean;

  constructor(
    private readonly flights: SendsInFlight,
    store: SentMessageStore,
  ) {
    this.isShared = !(store instanceof MemorySentMessageStore);
  }

  /** Ends all waits: what waits for another process is handed on as it is. */
  stopWaiting(): void {
    this.shutdown.abort();
  }

  /**
   * What a callback is matched to once it need not wait any more; undefined if it need not wait at all.
   *
   * @param match What it was matched to at once.
   * @param matchAgain Matches it anew.
   */
  matched(parsed: ParsedEvent, { remembered }: Match, matchAgain: () => Promise<Match>): Promise<Match> | undefined {
    const concerned = concernedBy(parsed);
    if (!concerned || (concerned.isNamed && remembered)) return undefined;
    const { sender, isNamed } = concerned;
    // Words without a quote answer the last message: a send to this very recipient is newer than any that is remembered.
    const over = this.flights.over(parsed.account, keysOf(sender), !isNamed && remembered !== undefined);
    const mayBeElsewhere = this.isShared && isNamed && parsed.kind !== 'echo' && !isIdentified(parsed);
    if (!over && !mayBeElsewhere) return undefined;
    return this.matchLater(over, mayBeElsewhere ? PAUSES_MS : [], matchAgain);
  }

  private async matchLater(
    over: Promise<unknown> | undefined,
    pausesMs: readonly number[],
    matchAgain: () => Promise<Match>,
  ): Promise<Match> {
    await over;
    let match = await matchAgain();
    for (const pauseMs of pausesMs) {
      if (match.remembered || !(await delay(pauseMs, this.shutdown.signal))) break;
      match = await matchAgain();
    }
    return match;
  }
}

/** Whom an event concerns; undefined if it concerns no message. */
function concernedBy(event: ParsedEvent): Concerned | undefined {
  const isElsewhere = event.kind !== 'echo' && event.hints?.notPrivate === true;
  switch (event.kind) {
    case 'message-status':
      return { sender: event.recipient ?? {}, isNamed: true };
    case 'echo':
      return { sender: event.to, isNamed: true };
    case 'button-reply':
    case 'text-message':
      if (isElsewhere && event.from.conversation === undefined) return undefined;
      return { sender: event.from, isNamed: event.inReplyTo !== undefined };
    case 'message':
      return event.inReplyTo === undefined ? undefined : { sender: event.from, isNamed: true };
    default:
      return undefined;
  }
}

/** A status that brings back our own id says all by itself. */
function isIdentified(event: ParsedEvent): boolean {
  return event.kind === 'message-status' && event.sentId !== undefined;
}

/** A group's member answers the group. */
function keysOf({ group, conversation, ...person }: EventSender): string[] {
  if (group !== undefined) return [recipientKey({ group })];
  const { phone, lid, userId } = personOf(person);
  const chat = conversation === undefined ? undefined : recipientKey({ conversation });
  return [phone, lid, userId, person.parentUserId, chat].filter((key) => key !== undefined);
}
