import { digits } from '../identifiers.js';
import type { SimulatedFile } from './file-store.js';

/** Maximum size of all files, in bytes. The oldest are removed first. */
const MAX_BYTES = 64 * 1024 * 1024;

/** A file that an application uploaded. */
export interface UploadedFile extends SimulatedFile {
  /** The ID of the phone number. */
  readonly owner: string;
}

/** Stores the files that applications upload, the newest ones. */
export class UploadStore {
  private readonly kept = new Map<string, UploadedFile>();
  private size = 0;

  add(owner: string, mimeType: string, bytes: Buffer): UploadedFile {
    const file = { id: `1${digits(14)}`, owner, mimeType, bytes };
    this.kept.set(file.id, file);
    this.size += bytes.length;
    for (const oldest of this.kept.values()) {
      if (this.size <= MAX_BYTES) break;
      this.remove(oldest);
    }
    return file;
  }

  find(id: string): UploadedFile | undefined {
    return this.kept.get(id);
  }

  remove({ id, bytes }: UploadedFile): void {
    if (this.kept.delete(id)) this.size -= bytes.length;
  }
}
