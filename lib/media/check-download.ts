import { textIn } from '../adapters/json-fields.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import type { InboundMedia } from '../events/messaging-event.interface.js';
import { checkSendOptions } from '../message/check-send-options.js';
import type { OptionNames } from '../message/send-options.interface.js';
import { withoutUndefined } from '../message/without-undefined.js';
import { isRecord } from '../validation/is-record.js';
import type { MediaDownloadOptions } from './media-download.interface.js';

const DOWNLOAD_OPTIONS: OptionNames<MediaDownloadOptions> = { maxBytes: true, timeoutMs: true, signal: true };

/** @throws InvalidMessageError with paths such as `options.maxBytes`. */
export function checkDownloadOptions(options: MediaDownloadOptions): void {
  checkSendOptions(options, DOWNLOAD_OPTIONS);
  const { maxBytes } = options;
  if (maxBytes === undefined || (Number.isSafeInteger(maxBytes) && maxBytes > 0)) return;
  throw invalid('options.maxBytes', 'isWholeNumber', 'options.maxBytes must be a number of bytes from 1');
}

/** Returns the file of an event, which comes from outside. @throws InvalidMessageError if it has none. */
export function mediaOf(event: unknown): InboundMedia {
  if (!isRecord(event) || typeof event.account !== 'string') {
    throw invalid('event', 'isEvent', 'event must be an event with account and media, as handlers receive it');
  }
  const { media } = event;
  const [id, url] = [textIn(media, 'id'), textIn(media, 'url')];
  if (id === undefined && url === undefined) {
    throw invalid('event.media', 'isMedia', 'event.media must be a file with an id or a url. The message has no file');
  }
  return withoutUndefined({ id, url, mimeType: textIn(media, 'mimeType'), filename: textIn(media, 'filename') });
}

function invalid(path: string, rule: string, message: string): InvalidMessageError {
  return new InvalidMessageError([{ path, rule, message }]);
}
