import { DelayedError } from 'bullmq';

/** A message is not sent now: its worker puts it back, to be taken up again later. */
export class PostponedError extends DelayedError {
  /** @param until By the clock of this process, in milliseconds. */
  constructor(readonly until: number) {
    super('The message is taken up again later');
  }
}
