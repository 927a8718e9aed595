import type { FileStore, SimulatedFile } from '../files/file-store.js';
import type { UploadStore } from '../files/upload-store.js';
import type { Handling, ProviderRequest } from '../provider-simulation.js';
import { jsonResponse } from '../server/http-response.js';
import { metaError } from './whatsapp-cloud.errors.js';
import { ATTACHMENTS_PATH, cloudFile } from './whatsapp-cloud.media.js';

const MEBIBYTE = 1024 * 1024;
const OFFICE = 'application/vnd.openxmlformats-officedocument';
/**
 * The maximum size of each type, in bytes.
 *
 * @see {@link https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media#supported-media-types}
 */
const SIZES: ReadonlyMap<string, number> = new Map([
  ...['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'].map((type) => [type, 16 * MEBIBYTE] as const),
  ...['video/3gpp', 'video/mp4'].map((type) => [type, 16 * MEBIBYTE] as const),
  ...['image/jpeg', 'image/png'].map((type) => [type, 5 * MEBIBYTE] as const),
  ['image/webp', MEBIBYTE / 2],
  ...[
    'text/plain',
    'application/pdf',
    'application/msword',
    'application/vnd.ms-excel',
    'application/vnd.ms-powerpoint',
    `${OFFICE}.wordprocessingml.document`,
    `${OFFICE}.presentationml.presentation`,
    `${OFFICE}.spreadsheetml.sheet`,
  ].map((type) => [type, 100 * MEBIBYTE] as const),
]);

/** The requests about files: those that applications upload, and those that people send. */
export class CloudUploads {
  constructor(
    private readonly uploads: UploadStore,
    private readonly files: FileStore,
    private readonly baseUrl: string,
  ) {}

  /** Returns the file with an ID, or undefined. */
  find(id: string): SimulatedFile | undefined {
    return this.uploads.find(id) ?? this.files.find(id);
  }

  /** Handles the request about a file, or returns undefined if the path names none. */
  handle(request: ProviderRequest, id: string): Handling | undefined {
    if (request.method === 'GET' && request.path === ATTACHMENTS_PATH) return this.download(request.query);
    const upload = this.uploads.find(id);
    const asking = request.query.get('phone_number_id');
    if (upload && asking !== null && asking !== upload.owner) return undefined;
    const file = this.find(id);
    if (file && request.method === 'GET') {
      return { kind: 'read', answer: jsonResponse(200, cloudFile(file, this.baseUrl)) };
    }
    if (!upload || request.method !== 'DELETE') return undefined;
    return { kind: 'done', answer: jsonResponse(200, { success: true }), settle: () => this.uploads.remove(upload) };
  }

  /** Stores the file of a multipart form. @param owner The ID of the phone number. */
  async upload({ headers, bytes }: ProviderRequest, owner: string): Promise<Handling> {
    const form = await formIn(bytes, headers['content-type'] ?? '');
    const file = form?.get('file');
    if (form?.get('messaging_product') !== 'whatsapp') return refused('The parameter messaging_product is required.');
    if (!(file instanceof Blob)) return refused('The parameter file is required.');
    const given = form.get('type');
    const mimeType = typeof given === 'string' ? given : file.type;
    const size = SIZES.get(mimeType.split(';', 1).join('').trim());
    if (size === undefined) {
      const known = [...SIZES.keys()].join(', ');
      return refused(
        `Param file must be a file with one of the following types: ${known}. Received file of type '${mimeType}'.`,
      );
    }
    if (file.size > size) return refused(`Param file must have at most ${size} bytes. Received ${file.size} bytes.`);
    const stored = this.uploads.add(owner, mimeType, Buffer.from(await file.arrayBuffer()));
    return { kind: 'done', answer: jsonResponse(200, { id: stored.id }) };
  }

  private download(query: URLSearchParams): Handling {
    const id = query.get('mid') ?? '';
    const upload = this.uploads.find(id);
    if (!upload) return { kind: 'read', answer: this.files.download(id) };
    const { mimeType, bytes } = upload;
    return { kind: 'read', answer: { status: 200, headers: { 'content-type': mimeType }, body: '', bytes } };
  }
}

async function formIn(bytes: Buffer, contentType: string): Promise<FormData | undefined> {
  const response = new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } });
  return response.formData().catch(() => undefined);
}

function refused(details: string): Handling {
  return { kind: 'refused', answer: metaError(400, 100, details) };
}
