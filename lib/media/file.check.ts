import { createHash, type Hash } from 'node:crypto';
import type { BodyCheck } from '../transport/response-stream.js';
import { corruptedError, tooLargeError } from './media.errors.js';
import type { MediaFile } from './media-file.interface.js';

/** Checks the size of a file, and its hash if the provider reports one. */
export class FileCheck implements BodyCheck {
  private readonly hash: Hash | undefined;
  private bytes = 0;

  constructor(private readonly file: MediaFile) {
    this.hash = file.location.sha256 === undefined ? undefined : createHash('sha256');
  }

  add(chunk: Buffer): Error | undefined {
    const { account, maxBytes } = this.file;
    this.bytes += chunk.length;
    if (this.bytes > maxBytes) return tooLargeError(account, maxBytes);
    this.hash?.update(chunk);
    return undefined;
  }

  end(): Error | undefined {
    const { account, location } = this.file;
    return this.hash?.digest('hex') === location.sha256 ? undefined : corruptedError(account);
  }
}
