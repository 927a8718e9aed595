import { Injectable } from '@nestjs/common';
import { readResponseOf } from '../adapters/attempt-errors.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { InvalidMessageError } from '../errors/message.errors.js';
import { RequestExecutor } from '../resilience/request.executor.js';
import { firstValue, type RawHttpResponse } from '../transport/http-response.js';
import { HttpTransport } from '../transport/http-transport.js';
import type { AttemptLimits } from '../transport/request-attempt.js';
import type { StreamOptions } from '../transport/response-stream.js';
import type { StreamedOutcome } from '../transport/streamed-attempt.js';
import { FileCheck } from './file.check.js';
import { interruptedError, rejectedFileError, responseError, tooLargeError } from './media.errors.js';
import type { MediaFile, OpenedMedia } from './media-file.interface.js';
import { parseMediaUrl } from './media-url.js';

/** Meta's host of files responds with HTML to requests without a user agent. */
const FILE_HEADERS = { Accept: '*/*', 'Accept-Encoding': 'identity', 'User-Agent': 'nestjs-button-messaging' };

const OPERATION = 'media';
const MAX_REDIRECTS = 3;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** Opens files of providers: the only requests to URLs that come from outside. */
@Injectable()
export class MediaOpener {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly transport: HttpTransport,
    private readonly executor: RequestExecutor,
  ) {}

  /**
   * Opens a file. Until the headers it is retried like a read. Its body is not.
   *
   * @throws ButtonMessagingError if the host may not be asked, or does not respond with the file.
   */
  async open(file: MediaFile): Promise<OpenedMedia> {
    const { account, location, maxBytes, context } = file;
    const url = parseMediaUrl(location.url, location);
    if (!url) throw foreignUrlError(file);
    if ((location.size ?? 0) > maxBytes) throw tooLargeError(account, maxBytes);
    const job = { account, operation: OPERATION, repeatable: true, isElsewhere: true };
    const { value } = await this.executor.execute(job, (limits) => this.attempt(file, url, limits), context);
    return value;
  }

  private async attempt(file: MediaFile, first: URL, limits: AttemptLimits): Promise<OpenedMedia> {
    const { account, location } = file;
    let url = first;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const request = location.request(url);
      const headers = { ...request.headers, ...FILE_HEADERS };
      const end = await this.transport.open({ ...request, headers }, limits, this.streamOptions(file));
      if (end.kind === 'streamed') return openedFile(end, file);
      const response = readResponseOf(end, { account, operation: OPERATION });
      const target = redirectOf(response);
      if (target === undefined) throw responseError(response, account, Object.keys(request.headers).length > 0);
      url = followed(target, url, file);
    }
    throw rejectedFileError(account, `redirected a download more than ${MAX_REDIRECTS} times`);
  }

  private streamOptions(file: MediaFile): StreamOptions {
    const { account, context } = file;
    const idleMs = context.timeoutMs ?? this.config.http.timeoutMs;
    return {
      idleMs,
      signal: context.signal,
      check: () => new FileCheck(file),
      interrupted: (by) => interruptedError(by, account, idleMs),
    };
  }
}

/** Returns the error of a URL that is not requested: the event's own, or one that the provider returned for its ID. */
function foreignUrlError({ account, location, media }: MediaFile) {
  if (location.url !== media.url) return rejectedFileError(account, FOREIGN_HOST);
  const message =
    'event.media.url must be an https URL of the provider, or of a host in the mediaHosts of its account, without user ' +
    'name and port';
  const issue = { path: 'event.media.url', rule: 'isMediaUrl', message };
  return new InvalidMessageError([issue], { provider: account.provider, account: account.name });
}

const FOREIGN_HOST = 'refers to a file on another host. If the host is trusted, add it to mediaHosts of the account';

function redirectOf({ status, headers }: RawHttpResponse): string | undefined {
  return REDIRECTS.includes(status) ? firstValue(headers.location) : undefined;
}

function followed(target: string, from: URL, file: MediaFile): URL {
  const url = parseMediaUrl(target, file.location, from.href);
  if (url?.origin === from.origin) return url;
  throw rejectedFileError(file.account, 'redirected a download to another host');
}

function openedFile(
  { headers, body: stream }: Extract<StreamedOutcome, { kind: 'streamed' }>,
  { account, maxBytes }: MediaFile,
): OpenedMedia {
  const encoding = firstValue(headers['content-encoding']) ?? 'identity';
  const size = sizeIn(firstValue(headers['content-length']));
  const isTooLarge = (size ?? 0) > maxBytes;
  if (!isTooLarge && encoding === 'identity') return { stream, size, mimeType: firstValue(headers['content-type']) };
  stream.destroy();
  throw isTooLarge ? tooLargeError(account, maxBytes) : rejectedFileError(account, 'compressed a file');
}

function sizeIn(header: string | undefined): number | undefined {
  return header !== undefined && /^\d+$/.test(header) ? Number(header) : undefined;
}
