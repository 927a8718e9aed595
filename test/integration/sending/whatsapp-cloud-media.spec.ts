import { openAsBlob } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CloudMediaUpload,
  InvalidMessageError,
  ProviderRejectedError,
  ProviderUnavailableError,
} from '../../../lib/index.js';
import { cloudAccount } from '../../support/accounts.js';
import { errorOf, invalidPaths } from '../../support/errors.js';
import { FakeProvider, type ReceivedRequest } from '../../support/fake-provider.js';
import { OpenApps } from '../../support/test-app.js';

const BYTES = Uint8Array.from({ length: 256 }, (_, index) => index);
const PNG = { file: BYTES, mimeType: 'image/png' };
const FAST = { attempts: 2, baseDelayMs: 0 };
const MEBIBYTE = 1_024 * 1_024;

/** Parses a multipart body as a server would. */
async function formOf({ bytes, headers }: ReceivedRequest) {
  const type = headers['content-type'] ?? '';
  expect(type).toMatch(/^multipart\/form-data; boundary=/);
  expect(headers['content-length']).toBe(String(bytes.byteLength));
  const form = await new Response(bytes, { headers: { 'Content-Type': type } }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) throw new Error('The form has no file');
  const texts = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  return { texts, name: file.name, type: file.type, content: new Uint8Array(await file.arrayBuffer()) };
}

describe('WhatsAppCloudService: files', () => {
  let server: FakeProvider;
  const apps = new OpenApps();
  const open = (retry: object = { attempts: 1 }) => apps.open({ accounts: [cloudAccount(server.url)], retry });
  const only = (): ReceivedRequest => {
    const [request] = server.requests;
    if (!request || server.requests.length > 1) throw new Error(`${server.requests.length} requests`);
    return request;
  };
  beforeEach(async () => {
    server = await FakeProvider.start();
    server.always({ body: { id: '4490709327384033' } });
  });
  afterEach(async () => {
    await apps.close();
    await server.close();
  });

  it('uploads bytes as a form, and returns the ID of the file', async () => {
    const { cloud } = await open();
    const upload = { file: BYTES, mimeType: 'audio/ogg; codecs=opus', filename: 'voice "1".ogg' };
    expect(await cloud.uploadMedia(upload)).toEqual({ mediaId: '4490709327384033' });
    const request = only();
    expect(request).toMatchObject({
      method: 'POST',
      url: '/v26.0/1055/media',
      headers: { authorization: 'Bearer ACCESS' },
    });
    expect(await formOf(request)).toEqual({
      texts: { messaging_product: 'whatsapp', type: 'audio/ogg; codecs=opus' },
      name: 'voice "1".ogg',
      type: 'audio/ogg; codecs=opus',
      content: BYTES,
    });
  });

  it('uploads a Blob, with the given type instead of its own', async () => {
    server.always({ body: { id: 77 } });
    const { cloud } = await open();
    const file = new Blob([BYTES], { type: 'text/plain' });
    expect(await cloud.uploadMedia({ file, mimeType: 'application/pdf' })).toEqual({ mediaId: '77' });
    expect(await formOf(only())).toMatchObject({ name: 'file', type: 'application/pdf', content: BYTES });
  });

  it('uploads the same bytes and deletes when an interceptor is registered', async () => {
    const { cloud, http } = await open();
    const seen: unknown[] = [];
    http.axiosRef.interceptors.request.use((config) => {
      seen.push(config.method);
      return config;
    });
    await cloud.uploadMedia(PNG);
    expect(await formOf(only())).toMatchObject({ content: BYTES });
    server.reset().always({ body: { success: true } });
    await cloud.deleteMedia('1');
    expect(only()).toMatchObject({ method: 'DELETE', body: '' });
    expect(seen).toEqual(['post', 'delete']);
  });

  it.each([
    ['an error of the server', { status: 500, body: 'down' }],
    ['a rate limit', { status: 429, body: {} }],
    [
      'a connection that ends without a response',
      (_request: unknown, _response: unknown, socket: { destroy(): void }) => socket.destroy(),
    ],
  ])('repeats an upload after %s, because nothing was sent to a person', async (_what, response) => {
    const { cloud } = await open(FAST);
    server.next(response);
    expect(await cloud.uploadMedia(PNG)).toEqual({ mediaId: '4490709327384033' });
    const [first, second] = server.requests;
    expect(server.requests).toHaveLength(2);
    expect(second?.bytes).toEqual(first?.bytes);
  });

  it('ends an upload without a response after the timeout of the call', async () => {
    const { cloud } = await open();
    await cloud.uploadMedia(PNG);
    server.always(() => undefined);
    const error = await errorOf(cloud.uploadMedia(PNG, { timeoutMs: 300 }));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error).toMatchObject({ outcome: 'not-sent', message: expect.stringContaining('upload-media') });
  });

  it.each([
    ['image/jpeg', 5 * MEBIBYTE],
    ['audio/mpeg', 16 * MEBIBYTE],
    ['video/mp4', 16 * MEBIBYTE],
    ['application/pdf', 100 * MEBIBYTE],
    ['image/webp', 500 * 1_024],
  ])('rejects a file of the type %s with more than %d bytes', async (mimeType, maximum) => {
    const { cloud } = await open();
    const file = new Uint8Array(maximum + 1);
    const error = await errorOf(cloud.uploadMedia({ file, mimeType }));
    expect(error).toBeInstanceOf(InvalidMessageError);
    expect(error.message).toContain(`file must have at most ${maximum} bytes`);
    expect(server.requests).toEqual([]);
  });

  it('accepts a file of the maximum size', async () => {
    const { cloud } = await open();
    await cloud.uploadMedia({ file: new Uint8Array(500 * 1_024), mimeType: 'image/webp' });
    expect(server.requests).toHaveLength(1);
  });

  it.each<[upload: unknown, paths: string[]]>([
    [undefined, ['']],
    [{ file: new Uint8Array(), mimeType: 'image/png' }, ['file']],
    [{ file: 'text', mimeType: 'image/png' }, ['file']],
    [{ file: BYTES }, ['mimeType']],
    [{ file: BYTES, mimeType: 'png' }, ['mimeType']],
    [{ file: BYTES, mimeType: 'image/png\r\nX: 1' }, ['mimeType']],
    [{ file: BYTES, mimeType: 'image/png', filename: '' }, ['filename']],
    [{ file: BYTES, mimeType: 'image/png', name: 'a' }, ['name']],
  ])('rejects %j', async (upload, paths) => {
    const { cloud } = await open();
    expect(await invalidPaths(cloud.uploadMedia(upload as CloudMediaUpload))).toEqual(paths);
    expect(server.requests).toEqual([]);
  });

  it('rejects a Blob whose file was changed, without the path of the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'upload-'));
    const path = join(folder, 'secret-name.pdf');
    await writeFile(path, 'first');
    const file = await openAsBlob(path);
    await appendFile(path, 'second');
    const { cloud } = await open();
    const error = await errorOf(cloud.uploadMedia({ file, mimeType: 'application/pdf' }));
    expect(error).toMatchObject({ code: 'invalid-message', issues: [{ path: 'file', rule: 'isReadable' }] });
    expect(error.message).not.toContain('secret-name');
    await rm(folder, { recursive: true });
  });

  it('deletes a file by its ID', async () => {
    server.always({ body: { success: true } });
    const { cloud } = await open();
    await cloud.deleteMedia('44/90');
    expect(only()).toMatchObject({ method: 'DELETE', url: '/v26.0/44%2F90?phone_number_id=1055', body: '' });
    expect(await invalidPaths(cloud.deleteMedia(''))).toEqual(['mediaId']);
  });

  it.each([{}, { success: false }, { error: { code: 100, message: 'Unsupported delete request' } }])(
    'rejects when the response to an upload or a deletion is %j',
    async (body) => {
      server.always({ body });
      const { cloud } = await open();
      const expected = 'error' in body ? ProviderRejectedError : ProviderUnavailableError;
      expect(await errorOf(cloud.uploadMedia(PNG))).toBeInstanceOf(expected);
      expect(await errorOf(cloud.deleteMedia('1'))).toBeInstanceOf(expected);
    },
  );
});
