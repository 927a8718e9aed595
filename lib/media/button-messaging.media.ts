import { Injectable } from '@nestjs/common';
import { withLookupErrors } from '../adapters/lookup-errors.js';
import { ProviderRegistry } from '../adapters/provider.registry.js';
import { requestContext } from '../adapters/send-context.js';
import { ButtonMessagingConfig } from '../config/button-messaging.config.js';
import { UnsupportedMessageError } from '../errors/message.errors.js';
import type { InboundMessageEvent } from '../events/messaging-event.interface.js';
import { withoutUndefined } from '../message/without-undefined.js';
import { checkDownloadOptions, mediaOf } from './check-download.js';
import { MediaOpener } from './media.opener.js';
import type { MediaDownload, MediaDownloadOptions } from './media-download.interface.js';
import { safeFilename } from './safe-filename.js';

const DEFAULT_MAX_BYTES = 100 * 1_024 * 1_024;

/**
 * Downloads the files of inbound messages: images, videos, voice notes, documents, stickers.
 *
 * Files come only from the hosts of the account's provider, and from `mediaHosts` of the account.
 *
 * @example
 * constructor(private readonly media: ButtonMessagingMedia) {}
 *
 * \@OnMessage('image')
 * async received(event: InboundMessageEvent) {
 *   const { stream } = await this.media.download(event, { maxBytes: 10_000_000 });
 *   await pipeline(stream, createWriteStream(`/var/photos/${randomUUID()}.jpg`));
 * }
 *
 * @publicApi
 */
@Injectable()
export class ButtonMessagingMedia {
  constructor(
    private readonly config: ButtonMessagingConfig,
    private readonly providers: ProviderRegistry,
    private readonly opener: MediaOpener,
  ) {}

  /**
   * Downloads the file of a message, through the account that received it.
   *
   * Resolves when the file is open. Until then failures are retried like those of a read. Read the stream, or destroy it:
   * without progress for `timeoutMs`, it ends with a `ProviderUnavailableError`.
   *
   * @throws InvalidMessageError if the event has no file, or a URL of another host.
   * @throws MediaNotFoundError if the provider does not have the file, or no longer has it.
   * @throws MediaTooLargeError if the provider reports more than `maxBytes`. The stream ends with it otherwise.
   * @throws UnsupportedMessageError for custom providers.
   * @throws UnknownAccountError if the account of the event does not exist.
   */
  async download(event: InboundMessageEvent, options: MediaDownloadOptions = {}): Promise<MediaDownload> {
    checkDownloadOptions(options);
    const { maxBytes = DEFAULT_MAX_BYTES, ...limits } = options;
    const media = mediaOf(event);
    const context = requestContext(limits);
    const account = await withLookupErrors(this.config.account(event.account), event.account, context);
    const provider = this.providers.of(account);
    if (!provider.locateMedia) {
      const details = { provider: account.provider, account: account.name };
      throw new UnsupportedMessageError([`${account.provider} cannot download files`], details);
    }
    const location = await provider.locateMedia(media, account, context);
    const { stream, size, mimeType } = await this.opener.open({ media, location, account, maxBytes, context });
    return {
      stream,
      ...withoutUndefined({
        mimeType: location.mimeType ?? media.mimeType ?? mimeType,
        filename: safeFilename(media.filename),
        size: size ?? location.size,
      }),
    };
  }
}
