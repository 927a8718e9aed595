import { Injectable } from '@nestjs/common';
import { SendsInFlight } from '../../adapters/sends-in-flight.js';
import { delay } from '../../async/delay.js';
import type { EventSender, ParsedEvent } from '../../events/messaging-event.interface.js';
import { recipientKey } from '../../message/recipient.js';
import { personOf } from '../../stores/known-people.js';
import { MemorySentMessageStore } from '../../stores/memory/memory-sent-message.store.js';
import { SentMessageStore } from '../../stores/sent-message.store.js';
import type { Match } from './reply.matcher.js';

/** The delays before a message of another process is looked up again, in milliseconds. */
const RETRY_DELAYS_MS = [200, 800, 3_000];

/**
 * Delays callbacks that arrive before the response to their own send: until the sends in flight end, and for a few
 * seconds if other processes share the store of sent messages.
 */
@Injectable()
export class EarlyCallbacks {
  private readonly shutdown = new AbortController();

  /** Whether other processes share the store of sent messages. */
  private readonly isShared: boolean;

  constructor(
    private readonly inFlightSends: SendsInFlight,
    store: SentMessageStore,
  ) {
    this.isShared = !(store instanceof MemorySentMessageStore);
  }

  /** Ends all waits. Waiting events are dispatched as they are. */
  stopWaiting(): void {
    this.shutdown.abort();
  }

  /**
   * Matches a callback again after its wait. Returns undefined if it need not wait.
   *
   * @param match Its first match.
   * @param matchAgain Matches it again.
   */
  matched(parsed: ParsedEvent, { remembered }: Match, matchAgain: () => Promise<Match>): Promise<Match> | undefined {
    const target = targetOf(parsed);
    if (!target || (target.isNamed && remembered)) return undefined;
    const { sender, isNamed } = target;
    // A text without a quote replies to the last message. A send in flight to this recipient is newer than any recorded
    // one.
    const over = this.inFlightSends.over(parsed.account, keysOf(sender), !isNamed && remembered !== undefined);
    // A status with our own ID needs no match.
    const isIdentified = parsed.kind === 'message-status' && parsed.sentId !== undefined;
    const mayBeOfOtherProcess = this.isShared && isNamed && parsed.kind !== 'echo' && !isIdentified;
    if (!over && !mayBeOfOtherProcess) return undefined;
    return this.matchLater(over, mayBeOfOtherProcess ? RETRY_DELAYS_MS : [], matchAgain);
  }

  private async matchLater(
    over: Promise<unknown> | undefined,
    delaysMs: readonly number[],
    matchAgain: () => Promise<Match>,
  ): Promise<Match> {
    await over;
    let match = await matchAgain();
    for (const delayMs of delaysMs) {
      if (match.remembered || !(await delay(delayMs, this.shutdown.signal))) break;
      match = await matchAgain();
    }
    return match;
  }
}

/**
 * Returns whose messages an event may concern, and whether it contains the ID of one. Returns undefined if it concerns
 * none.
 */
function targetOf(event: ParsedEvent): { sender: EventSender; isNamed: boolean } | undefined {
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

/** In a group, members reply to the group. */
function keysOf({ group, conversation, ...person }: EventSender): string[] {
  if (group !== undefined) return [recipientKey({ group })];
  const { phone, lid, userId } = personOf(person);
  const chat = conversation === undefined ? undefined : recipientKey({ conversation });
  return [phone, lid, userId, person.parentUserId, chat].filter((key) => key !== undefined);
}
