import { Injectable } from '@nestjs/common';
import type { ButtonMessage } from 'nestjs-button-messaging';
import { Subject } from 'rxjs';
import type { Timeline, TimelineEntry } from './timeline.interface.js';

const KEPT = 100;

/** The timelines of the last messages, each by its trace. */
@Injectable()
export class TimelinesService {
  private readonly timelines = new Map<string, Timeline>();
  /** The timelines by the ids that messages got. */
  private readonly traces = new Map<string, string>();
  /** A timeline, whenever it has grown. */
  readonly changes$ = new Subject<Timeline>();

  begin(id: string, by: Timeline['by'], message: ButtonMessage): Timeline {
    const timeline: Timeline = { id, by, message, begun: new Date(), entries: [] };
    this.timelines.set(id, timeline);
    const [oldest] = this.timelines.keys();
    if (this.timelines.size > KEPT && oldest !== undefined) this.timelines.delete(oldest);
    this.changes$.next(timeline);
    return timeline;
  }

  /** From now on what is known of the message belongs to the timeline. */
  name(id: string, messageId: string): void {
    this.traces.set(messageId, id);
  }

  add(id: string, entry: TimelineEntry): void {
    const timeline = this.timelines.get(id);
    if (!timeline) return;
    timeline.entries.push(entry);
    this.changes$.next(timeline);
  }

  addTo(messageId: string | undefined, entry: TimelineEntry): void {
    const id = this.traces.get(messageId ?? '');
    if (id !== undefined) this.add(id, entry);
  }

  /** The timeline of a message; undefined where it has none, or none any more. */
  of(messageId: string): Timeline | undefined {
    return this.timelines.get(this.traces.get(messageId) ?? '');
  }

  /** The newest first. */
  list(): Timeline[] {
    return [...this.timelines.values()].reverse();
  }
}
