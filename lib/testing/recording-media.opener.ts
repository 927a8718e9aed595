import { Readable } from 'node:stream';
import { SendAbortedError } from '../errors/outcome.errors.js';
import { tooLargeError } from '../media/media.errors.js';
import { MediaOpener } from '../media/media.opener.js';
import type { MediaFile, OpenedMedia } from '../media/media-file.interface.js';
import type { RecordingTransport } from './recording-transport.js';

/** Returns the files of the recording transport. Any URL is allowed, because none is requested. */
export class RecordingMediaOpener extends MediaOpener {
  constructor(
    private readonly recording: RecordingTransport,
    ...dependencies: ConstructorParameters<typeof MediaOpener>
  ) {
    super(...dependencies);
  }

  override async open({ media, account, maxBytes, context }: MediaFile): Promise<OpenedMedia> {
    if (context.signal?.aborted) {
      const details = { provider: account.provider, account: account.name };
      throw new SendAbortedError('The download was aborted', 'not-sent', details);
    }
    const { content, mimeType } = this.recording.file(media);
    const bytes = Buffer.from(content);
    if (bytes.length > maxBytes) throw tooLargeError(account, maxBytes);
    return { stream: Readable.from([bytes], { objectMode: false }), size: bytes.length, mimeType };
  }
}
