import { type MessageJob, NOT_STARTED } from './engines/queue-engine.js';

/** Returns the names of the accounts that may send a message. Older versions may have stored none. */
export function accountsOf({ data: { accounts, options } }: MessageJob): readonly string[] {
  return accounts ?? [options?.account].filter((name) => name !== undefined);
}

/** Returns the name of the first of these accounts. */
export function accountOf(job: MessageJob): string {
  return accountsOf(job)[0] ?? '';
}

/** Returns whether a message's deadline has passed. */
export function isLate({ data: { deadlineAt } }: MessageJob): boolean {
  return deadlineAt !== undefined && Date.now() >= deadlineAt;
}

/** Returns whether a message cannot have an outcome yet. */
export function isNew({ data, progress }: MessageJob): boolean {
  return progress === NOT_STARTED && !data.settled && !data.once && data.release === undefined;
}
