import { type MessageJob, NOT_STARTED } from './engines/queue-engine.js';

/** The accounts that may send a message, by their names. Older versions may have kept none. */
export function accountsOf({ data: { accounts, options } }: MessageJob): readonly string[] {
  return accounts ?? [options?.account].filter((name) => name !== undefined);
}

export function accountOf(job: MessageJob): string {
  return accountsOf(job)[0] ?? '';
}

export function isLate({ data: { deadlineAt } }: MessageJob): boolean {
  return deadlineAt !== undefined && Date.now() >= deadlineAt;
}

/** Whether nothing can have become of a message yet. */
export function isNew({ data, progress }: MessageJob): boolean {
  return progress === NOT_STARTED && !data.settled && !data.once && data.release === undefined;
}
