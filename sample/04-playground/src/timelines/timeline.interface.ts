import type { Message, MessageStatus, Outcome, SentMessage } from 'nestjs-button-messaging';
import type { NamedFault, SimulatedProviderName } from 'nestjs-button-messaging/simulator';

/** A message of a person, which a send can quote. */
interface ReceivedMessage {
  /** The account that received it. */
  account: string;
  /** The provider's ID. */
  messageId: string;
}

/** One thing that happened to a message. */
export type TimelineEntry = { at: Date } & (
  | { kind: 'enqueued'; id: string }
  | { kind: 'attempt'; attempt: number; account: string; provider: string; operation: string }
  | { kind: 'attempt-ended'; attempt: number; durationMs: number; status?: number; error?: string; outcome?: Outcome }
  | { kind: 'accepted'; sent: SentMessage }
  | { kind: 'failed'; code: string; message: string; outcome?: Outcome; issues?: { path: string; message: string }[] }
  | { kind: 'held'; code: string; message: string }
  | { kind: 'released'; how: 'resend' | 'discard' }
  | { kind: 'late-text'; sent: SentMessage }
  | { kind: 'status'; status: MessageStatus; reason?: string; asText: boolean }
  | ({ kind: 'reply'; button: { id: string; title: string }; typed: boolean } & ReceivedMessage)
  | ({ kind: 'text'; text: string } & ReceivedMessage)
  | { kind: 'handled'; handler: string }
);

/** A message and what happened to it, in order. */
export interface Timeline {
  /** The trace ID. */
  id: string;
  by: 'send' | 'queue';
  message: Message;
  begun: Date;
  entries: TimelineEntry[];
}

/** A fault, and how many of the provider's next requests it affects. */
export interface PendingFault {
  provider: SimulatedProviderName;
  fault: NamedFault;
  left: number;
}

/** The number of messages in the queue by state. */
export type QueueCounts = Record<'waiting' | 'delayed' | 'active' | 'sent' | 'failed' | 'held', number>;

/** An update for the page. */
export type PlaygroundNews =
  | { kind: 'timeline'; timeline: Timeline }
  | { kind: 'faults'; pending: PendingFault[] }
  | { kind: 'queue'; at: Date; counts: QueueCounts; paused: boolean };
