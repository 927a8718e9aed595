import type { EventHints, EventSender, ParsedEvent } from '../../lib/events/messaging-event.interface.js';
import { KnownPeople } from '../../lib/stores/known-people.js';
import { MemoryPersonStore } from '../../lib/stores/memory/memory-person.store.js';
import { MemorySentMessageStore } from '../../lib/stores/memory/memory-sent-message.store.js';
import type { RememberedMessage } from '../../lib/stores/sent-message.store.js';
import { MessagingLogger } from '../../lib/telemetry/messaging.logger.js';
import { ReplyMatcher } from '../../lib/webhooks/replies/reply.matcher.js';
import { RecordingLogger } from './recording-logger.js';
import { offering } from './remembered-messages.js';

export const ANA = { phone: '5511988880001' };
export const ANA_KEY = '551188880001';
export const BEA = { phone: '5511988880002' };
export const GROUP = { ...ANA, group: 'g' };
export const CHAT = { ...ANA, conversation: 'c' };

/** What an answer quotes, and what its parser knows. */
export type Quote = { inReplyTo?: string; hints?: EventHints };

export const base = { provider: 'z-api', account: 'z', at: new Date(0), raw: {}, messageId: 'A1' };
export const text = (from: EventSender, said: string, more: Quote = {}): ParsedEvent => ({
  ...base,
  kind: 'text-message',
  from,
  text: said,
  ...more,
});
export const press = (from: EventSender, id: string, title: string, more: Quote = {}): ParsedEvent => ({
  ...base,
  kind: 'button-reply',
  from,
  button: { id, title },
  ...more,
});
export const inbound = (from: EventSender, type: string, more: Quote = {}): ParsedEvent => ({
  ...base,
  kind: 'message',
  type,
  from,
  ...more,
});
export const echo = (to: EventSender, ...buttonIds: string[]): ParsedEvent => ({
  ...base,
  kind: 'echo',
  to,
  messageId: 'E1',
  buttonIds,
});

/** A matcher with its stores in memory. */
export class MatcherBench {
  private readonly log = new RecordingLogger();
  readonly lines = this.log.lines;
  private readonly logger = new MessagingLogger(this.log);
  private readonly store = new MemorySentMessageStore(100);
  readonly people = new KnownPeople(new MemoryPersonStore(), this.logger);
  readonly matcher = new ReplyMatcher(this.store, this.people, this.logger);
  private later = 0;

  /** Remembers a message; each is later than the one before. */
  remember(id: string, titles: readonly string[], more: Partial<RememberedMessage> = {}): void {
    const message = offering(id, titles, more);
    this.later += 1;
    void this.store.remember({ ...message, sent: { ...message.sent, acceptedAt: new Date(this.later) } });
  }

  /** What becomes of an event: its kind, its button, the message that it answers, and what it proves. */
  async becomes(event: ParsedEvent): Promise<object> {
    const match = await this.matcher.match(event);
    const said: Record<string, unknown> = { ...match.event };
    const { kind = 'nothing', button, sent, typed } = said;
    return {
      kind,
      ...(button !== undefined && { button }),
      ...(sent !== undefined && { sent: Object(sent).id }),
      ...(typed !== undefined && { typed }),
      ...(match.proves && { proves: match.proves }),
    };
  }
}

/** A press as `becomes` says it. */
export function pressed(title: string, sent: string): object {
  return { kind: 'button-reply', button: { id: `[${title}]`, title }, sent };
}

/** Typed words that mean a button, as `becomes` says them. */
export function typed(title: string, sent: string): object {
  return { ...pressed(title, sent), typed: true };
}
