import { Injectable } from '@nestjs/common';
import { type EventSender, type Message, recipientKey } from 'nestjs-button-messaging';
import { Subject } from 'rxjs';
import type { Timeline, TimelineEntry } from './timeline.interface.js';

const MAX_TIMELINES = 100;
const MAX_EARLY = 100;

/** Stores the timelines of the latest messages by trace ID. */
@Injectable()
export class TimelinesService {
  private readonly timelines = new Map<string, Timeline>();
  /** Trace IDs by message ID. */
  private readonly traces = new Map<string, string>();
  /** Entries that arrived before their message ID was linked: the queue may send before `enqueue` resolves. */
  private readonly early = new Map<string, TimelineEntry[]>();
  /** Emits a timeline when it changes. */
  readonly changes$ = new Subject<Timeline>();

  begin(id: string, by: Timeline['by'], message: Message): Timeline {
    const timeline: Timeline = { id, by, message, begun: new Date(), entries: [] };
    this.timelines.set(id, timeline);
    const [oldest] = this.timelines.keys();
    if (this.timelines.size > MAX_TIMELINES && oldest !== undefined) this.timelines.delete(oldest);
    this.changes$.next(timeline);
    return timeline;
  }

  /** Links a message ID to the timeline. */
  link(id: string, messageId: string): void {
    this.traces.set(messageId, id);
    for (const entry of this.early.get(messageId) ?? []) this.add(id, entry);
    this.early.delete(messageId);
  }

  add(id: string, entry: TimelineEntry): void {
    const timeline = this.timelines.get(id);
    if (!timeline) return;
    timeline.entries.push(entry);
    this.changes$.next(timeline);
  }

  addTo(messageId: string | undefined, entry: TimelineEntry): void {
    if (messageId === undefined) return;
    const id = this.traces.get(messageId);
    if (id !== undefined) this.add(id, entry);
    else this.keepEarly(messageId, entry);
  }

  /** Returns the timeline of a message, or undefined if it does not exist. */
  of(messageId: string): Timeline | undefined {
    return this.timelines.get(this.traces.get(messageId) ?? '');
  }

  /** Returns the timeline of the latest message that an account sent to a person, or undefined if there is none. */
  latestTo({ phone }: EventSender, account: string): Timeline | undefined {
    if (phone === undefined) return undefined;
    const key = recipientKey(`+${phone}`);
    return this.list().find(
      ({ message, entries }) =>
        entries.some((entry) => entry.kind === 'accepted' && entry.sent.account === account) &&
        recipientKey(message.to) === key,
    );
  }

  /** Returns all timelines, newest first. */
  list(): Timeline[] {
    return [...this.timelines.values()].reverse();
  }

  private keepEarly(messageId: string, entry: TimelineEntry): void {
    this.early.set(messageId, [...(this.early.get(messageId) ?? []), entry]);
    const [oldest] = this.early.keys();
    if (this.early.size > MAX_EARLY && oldest !== undefined) this.early.delete(oldest);
  }
}
