import { ButtonMessagingError } from './button-messaging.error.js';
import type { FailureCategory } from './failure-category.js';

/** The provider does not have the file of a message, or no longer has it. @publicApi */
export class MediaNotFoundError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'media';
  readonly code = 'media-not-found';
}

/** The file of a message is larger than `maxBytes`. The download was stopped. @publicApi */
export class MediaTooLargeError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'media';
  readonly code = 'media-too-large';
}

/** The downloaded file is not the one that the provider announced: its SHA-256 hash differs. @publicApi */
export class MediaCorruptedError extends ButtonMessagingError {
  protected static override readonly usualCategory: FailureCategory = 'media';
  readonly code = 'media-corrupted';
  override readonly retryable = true;
}
