import type { Readable } from 'node:stream';
import type { MediaLocation } from '../adapters/provider-adapter.interface.js';
import type { RequestContext } from '../adapters/send-context.js';
import type { Account } from '../config/accounts/account.js';
import type { InboundMedia } from '../events/messaging-event.interface.js';

/** A file to open. */
export interface MediaFile {
  /** As the event describes it. */
  media: InboundMedia;
  location: MediaLocation;
  account: Account;
  maxBytes: number;
  context: RequestContext;
}

/** An open file, as its host describes it. */
export interface OpenedMedia {
  stream: Readable;
  mimeType?: string | undefined;
  /** In bytes. */
  size?: number | undefined;
}
