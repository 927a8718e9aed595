import type { Readable } from 'node:stream';

/** The options of a download. @publicApi */
export interface MediaDownloadOptions {
  /** Maximum size of the file in bytes. A larger one ends the download. @default 104857600, which is 100 MiB */
  maxBytes?: number;
  /**
   * Timeout of one attempt to open the file, and the maximum time without progress after that, in milliseconds. A stream
   * that is not read makes no progress.
   *
   * @default the module's `http.timeoutMs`
   */
  timeoutMs?: number;
  /** Ends the download at any time, and closes its connection. */
  signal?: AbortSignal;
}

/** A file that a person sent, as a stream. @publicApi */
export interface MediaDownload {
  /**
   * The bytes. Read them, or destroy the stream. It ends with an error if the file is too large, damaged, or not complete.
   */
  stream: Readable;
  /** What the provider says about the content, such as `image/jpeg`. It may be wrong. */
  mimeType?: string;
  /** The name that the sender gave the file, without folders. */
  filename?: string;
  /** The size in bytes, if the provider reports it. */
  size?: number;
}
