import { digits } from '../identifiers.js';
import { type InboundMedia, mimeTypeOf } from '../inbound/inbound.js';
import { decodedPart } from '../server/decoded-part.js';
import { emptyResponse, type HttpResponse } from '../server/http-response.js';
import { sampleFile } from './sample-files.js';

const MAX_FILES = 1_000;
const DATA_URI = /^data:([\w.+-]+\/[\w.+-]+)?[^,]*,/i;

/** A file that a simulated person sent. */
export interface SimulatedFile {
  readonly id: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** Stores the files of people's messages, the newest ones. */
export class FileStore {
  private readonly kept = new Map<string, SimulatedFile>();

  /** Adds the file of a message: that of its data URI, or a small sample of its type. */
  add(content: InboundMedia): SimulatedFile {
    const { url = '', mimeType } = content;
    const [head, type] = DATA_URI.exec(url) ?? [];
    const chosen = mimeType ?? type ?? mimeTypeOf(content);
    const file = {
      id: digits(15),
      mimeType: chosen,
      bytes: head === undefined ? sampleFile(chosen) : dataIn(url, head),
    };
    this.kept.set(file.id, file);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= MAX_FILES) break;
      this.kept.delete(oldest);
    }
    return file;
  }

  find(id: string): SimulatedFile | undefined {
    return this.kept.get(id);
  }

  /** Returns the response to a download. */
  download(id: string): HttpResponse {
    const file = this.find(id);
    if (!file) return emptyResponse(404);
    return { status: 200, headers: { 'content-type': file.mimeType }, body: '', bytes: file.bytes };
  }
}

function dataIn(url: string, head: string): Buffer {
  const data = url.slice(head.length);
  return /;base64,$/i.test(head) ? Buffer.from(data, 'base64') : Buffer.from(decodedPart(data, data));
}

/** Whether a URL can be part of a webhook. The bytes of a data URI are downloaded instead. */
export function linkOf({ url }: InboundMedia): string | undefined {
  return url === undefined || /^data:/i.test(url) ? undefined : url;
}
