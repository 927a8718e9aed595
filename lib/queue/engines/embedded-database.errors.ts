import { EmbeddedPostgresError, embeddedReason } from '../../embedded-postgres/embedded-postgres.errors.js';
import { ButtonMessagingError } from '../../errors/button-messaging.error.js';
import { ConfigurationError } from '../../errors/setup.errors.js';

/** Another process, or this one, already has the directory of the embedded database open. */
export class EmbeddedDirectoryInUseError extends ButtonMessagingError {
  readonly code = 'embedded-directory-in-use';

  constructor(readonly directory: string) {
    super(
      `The embedded database in ${directory} is already open, in another process or a second time in this one. ` +
        'Close it there, give each process its own directory, or use the engine redis or postgres, which several ' +
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
    super(`The embedded database in ${directory} cannot be used: ${reason}`);
  }
}

/** Converts a failure of the embedded database, or of its first statements, into an error of the queue. */
export function embeddedStartError(error: unknown, directory: string): ButtonMessagingError {
  if (error instanceof ButtonMessagingError) return error;
  if (!(error instanceof EmbeddedPostgresError)) {
    return new EmbeddedDatabaseError(directory, embeddedReason(error, directory));
  }
  switch (error.code) {
    case 'directory-in-use':
      return new EmbeddedDirectoryInUseError(error.directory);
    case 'directory-unusable': {
      const message = `the embedded queue's directory ${error.reason}`;
      return new ConfigurationError([{ path: 'engine.directory', rule: error.rule ?? 'exists', message }]);
    }
    case 'database-failed':
      return new EmbeddedDatabaseError(error.directory, error.reason);
  }
}
