import { DelayedError } from 'bullmq';

/** The message is not sent now. Its job is delayed. */
export class PostponedError extends DelayedError {
  /** @param until When it may be fetched again, in milliseconds since 1970. */
  constructor(readonly until: number) {
    super('The message is delayed');
  }
}
