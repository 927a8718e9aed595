import { ButtonMessagingError } from '../../errors/button-messaging.error.js';

/** Somebody else has the directory of an embedded database open: another process, or this one a second time. */
export class EmbeddedDirectoryInUseError extends ButtonMessagingError {
  readonly code = 'embedded-directory-in-use';

  constructor(readonly directory: string) {
    super(
      `The embedded database in ${directory} is already open, in another process or a second time in this one. ` +
        'Close it there, give each process a directory of its own, or use the engine redis or postgres, which many ' +
        'processes can share.',
    );
  }
}

/** The embedded database could not be opened, or ended by itself. */
export class EmbeddedDatabaseError extends ButtonMessagingError {
  readonly code = 'embedded-database';

  constructor(
    readonly directory: string,
    reason: string,
  ) {
    super(`The embedded database in ${directory} is not to be used: ${reason}`);
  }
}
