/** The states of a queue's messages that say how it does. */
export type BacklogCounts = Readonly<Record<'waiting' | 'delayed' | 'active' | 'sent' | 'failed' | 'held', number>>;

/** How much there is in a queue. The queue's module provides it; whoever wants to know needs nothing of the queue. */
export abstract class QueueBacklog {
  abstract counts(): Promise<BacklogCounts>;

  /** Why this process's worker cannot work at present; undefined if it can, or if there is none here. */
  abstract workerTrouble(): Promise<string | undefined>;
}
