/** The number of messages in each state of a queue. */
export type BacklogCounts = Readonly<Record<'waiting' | 'delayed' | 'active' | 'sent' | 'failed' | 'held', number>>;

/** The size of a queue's backlog, from the queue's module, so that health checks do not depend on BullMQ. */
export abstract class QueueBacklog {
  /** Returns the number of messages in each state. */
  abstract counts(): Promise<BacklogCounts>;

  /** Returns why the worker of this process cannot work, or undefined if it can or does not exist. */
  abstract workerTrouble(): Promise<string | undefined>;
}
