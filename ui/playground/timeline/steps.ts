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

/** A step of a timeline, as text. */
export interface Step {
  readonly key: string;
  /** ISO 8601. */
  readonly at: string;
  readonly tone: Tone;
  readonly drawing: IconNode;
  readonly title: string;
  /** Short labels. */
  readonly marks: readonly string[];
  /** A longer text, such as an error message. */
  readonly detail?: string;
}

type Attempt = Extract<ShownEntry, { kind: 'attempt' }>;
type AttemptEnd = Extract<ShownEntry, { kind: 'attempt-ended' }>;

/** Describes a timeline, first step first. An attempt and its end are one step. */
export function stepsOf({ by, begun, entries }: ShownTimeline, texts: PlaygroundTexts): Step[] {
  const { asked, askedQueue } = texts.timeline.steps;
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
    if (entry.kind !== 'attempt') return [{ key, at: entry.at, ...eventStep(entry, texts) }];
    return [{ key, at: entry.at, ...attemptStep(entry, endOf(entries, place), texts) }];
  });
  return [first, ...steps];
}

/** A message has one attempt at a time, so the next end belongs to it. */
function endOf(entries: readonly ShownEntry[], place: number): AttemptEnd | undefined {
  const later = entries.slice(place + 1).find(({ kind }) => kind === 'attempt' || kind === 'attempt-ended');
  return later?.kind === 'attempt-ended' ? later : undefined;
}

function attemptStep(attempt: Attempt, end: AttemptEnd | undefined, texts: PlaygroundTexts): Omit<Step, 'key' | 'at'> {
  const { timeline } = texts;
  const title = timeline.steps.attempt(attempt.attempt);
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
  const { steps } = timeline;
  switch (entry.kind) {
    case 'enqueued':
      return { tone: 'good', drawing: Inbox, title: steps.enqueued, marks: [] };
    case 'accepted':
      return {
        tone: 'good',
        drawing: BadgeCheck,
        title: steps.accepted(providerName(entry.sent.provider)),
        marks: entry.sent.degraded ? [timeline.degraded[entry.sent.degraded]] : [],
        detail: entry.sent.messageId ?? entry.sent.id,
      };
    case 'failed': {
      const isUnknown = entry.outcome === 'unknown';
      return {
        tone: 'bad',
        drawing: isUnknown ? CircleHelp : CircleX,
        title: isUnknown ? steps.failedUnknown : steps.failed,
        marks: [entry.code],
        detail: entry.message,
      };
    }
    case 'held':
      return { tone: 'doubtful', drawing: Hand, title: steps.held, marks: [entry.code], detail: entry.message };
    case 'released':
      return { tone: 'plain', drawing: RotateCcw, title: steps.released[entry.how], marks: [] };
    case 'late-text':
      return { tone: 'good', drawing: MessageSquareText, title: steps.lateText, marks: [] };
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
        title: entry.typed ? steps.typed(entry.button.title) : steps.pressed(entry.button.title),
        marks: [],
        detail: `id: ${entry.button.id}`,
      };
    case 'text':
      return { tone: 'proud', drawing: MessageSquareReply, title: steps.wrote(entry.text), marks: [] };
    case 'handled':
      return { tone: 'proud', drawing: Cog, title: steps.handled, marks: [], detail: entry.handler };
  }
}

function providerName(provider: string): string {
  return Object.entries(providerNames).find(([known]) => known === provider)?.[1] ?? provider;
}
