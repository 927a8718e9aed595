import type { InboundMedia } from '../events/messaging-event.interface.js';

/** A file that a person sent. @publicApi */
export interface RecordedFile {
  /** The bytes, or a text. */
  content: string | Uint8Array;
  /** The type, if the event does not have it. */
  mimeType?: string;
}

const EMPTY: RecordedFile = { content: '' };

/** The files of a recording transport, by the ID or URL in events. */
export class RecordedFiles {
  private readonly files = new Map<string, RecordedFile>();

  add(idOrUrl: string, file: RecordedFile): void {
    this.files.set(idOrUrl, file);
  }

  /** Returns an empty file if it was not added. */
  find({ id = '', url = '' }: InboundMedia): RecordedFile {
    return this.files.get(id) ?? this.files.get(url) ?? EMPTY;
  }
}
