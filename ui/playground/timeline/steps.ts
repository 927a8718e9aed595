import type { IconNode } from 'lucide';
import {
  BadgeCheck,
  CheckCheck,
  CircleHelp,
  CircleX,
  Cog,
  Hand,
  Inbox,
  MessageSquareReply,
  MessageSquareText,
  RotateCcw,
  Send,
  TriangleAlert,
  Zap,
} from 'lucide';
import { providerNames } from '../../phone/phone/provider-names.js';
import type { ShownEntry, ShownTimeline } from '../client/live-state.js';
import type { PlaygroundTexts } from '../language/english.js';

export type Tone = 'plain' | 'running' | 'good' | 'doubtful' | 'bad' | 'proud';

/** Something that happened, in words. */
export interface Step {
  readonly key: string;
  /** ISO 8601. */
  readonly at: string;
  readonly tone: Tone;
  readonly drawing: IconNode;
  readonly title: string;
  /** What can be said of it in short. */
  readonly marks: readonly string[];
  /** What else there is to read. */
  readonly detail?: string;
}

type Attempt = Extract<ShownEntry, { kind: 'attempt' }>;
type AttemptEnd = Extract<ShownEntry, { kind: 'attempt-ended' }>;

/** A timeline in words, the first step first; an attempt and its end are one step. */
export function stepsOf({ by, begun, entries }: ShownTimeline, words: PlaygroundTexts): Step[] {
  const { asked, askedQueue } = words.timeline.words;
  const first: Step = {
    key: 'asked',
    at: begun,
    tone: 'plain',
    drawing: Send,
    title: by === 'queue' ? askedQueue : asked,
    marks: [],
  };
  const steps = entries.flatMap((entry, place) => {
    if (entry.kind === 'attempt-ended') return [];
    const key = String(place);
    if (entry.kind !== 'attempt') return [{ key, at: entry.at, ...eventStep(entry, words) }];
    return [{ key, at: entry.at, ...attemptStep(entry, endOf(entries, place), words) }];
  });
  return [first, ...steps];
}

/** Attempts of a message come one after the other. */
function endOf(entries: readonly ShownEntry[], place: number): AttemptEnd | undefined {
  const later = entries.slice(place + 1).find(({ kind }) => kind === 'attempt' || kind === 'attempt-ended');
  return later?.kind === 'attempt-ended' ? later : undefined;
}

function attemptStep(attempt: Attempt, end: AttemptEnd | undefined, words: PlaygroundTexts): Omit<Step, 'key' | 'at'> {
  const { timeline } = words;
  const title = timeline.words.attempt(attempt.attempt);
  const common = { drawing: attempt.attempt === 1 ? Zap : RotateCcw, title, detail: attempt.operation };
  if (!end) return { ...common, tone: 'running', marks: [timeline.running] };
  const { status, error, outcome, durationMs } = end;
  const marks = [
    `${Math.max(1, Math.round(durationMs))} ms`,
    ...(status === undefined ? [] : [String(status)]),
    ...(error === undefined || error === String(status) ? [] : [error]),
    ...(outcome === undefined ? [] : [timeline.outcomes[outcome]]),
  ];
  return { ...common, tone: toneOf(end), marks };
}

function toneOf({ error, outcome }: AttemptEnd): Tone {
  if (outcome === 'unknown') return 'bad';
  return error === undefined ? 'good' : 'doubtful';
}

type Event = Exclude<ShownEntry, { kind: 'attempt' | 'attempt-ended' }>;

function eventStep(entry: Event, { timeline }: PlaygroundTexts): Omit<Step, 'key' | 'at'> {
  const { words } = timeline;
  switch (entry.kind) {
    case 'enqueued':
      return { tone: 'good', drawing: Inbox, title: words.enqueued, marks: [] };
    case 'accepted':
      return {
        tone: 'good',
        drawing: BadgeCheck,
        title: words.accepted(providerName(entry.sent.provider)),
        marks: entry.sent.degraded ? [timeline.degraded[entry.sent.degraded]] : [],
        detail: entry.sent.messageId ?? entry.sent.id,
      };
    case 'failed': {
      const isUnknown = entry.outcome === 'unknown';
      return {
        tone: 'bad',
        drawing: isUnknown ? CircleHelp : CircleX,
        title: isUnknown ? words.failedUnknown : words.failed,
        marks: [entry.code],
        detail: entry.message,
      };
    }
    case 'held':
      return { tone: 'doubtful', drawing: Hand, title: words.held, marks: [entry.code], detail: entry.message };
    case 'released':
      return { tone: 'plain', drawing: RotateCcw, title: words.released[entry.how], marks: [] };
    case 'late-text':
      return { tone: 'good', drawing: MessageSquareText, title: words.lateText, marks: [] };
    case 'status':
      return {
        tone: entry.status === 'failed' ? 'bad' : 'good',
        drawing: entry.status === 'failed' ? TriangleAlert : CheckCheck,
        title: timeline.statuses[entry.status],
        marks: entry.asText ? [timeline.ofText] : [],
        ...(entry.reason !== undefined && { detail: entry.reason }),
      };
    case 'reply':
      return {
        tone: 'proud',
        drawing: MessageSquareReply,
        title: entry.typed ? words.typed(entry.button.title) : words.pressed(entry.button.title),
        marks: [],
        detail: `id: ${entry.button.id}`,
      };
    case 'handled':
      return { tone: 'proud', drawing: Cog, title: words.handled, marks: [], detail: entry.handler };
  }
}

function providerName(provider: string): string {
  return Object.entries(providerNames).find(([known]) => known === provider)?.[1] ?? provider;
}
